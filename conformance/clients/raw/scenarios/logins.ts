import { groupsPlugin } from "../groups-plugin.ts";
import type { Scenario, Step } from "../scenario.ts";

const logIn = (groups: string): Step => [
  "POST auth/grouped/login",
  { json: { name: "Ada", groups }, token: "", keep: { child: "auth.client_token", entity: "auth.entity_id" } },
];

/** Logins of an auth method that knows groups. */
export const loginScenarios: readonly Scenario[] = [
  {
    name: "logins that say who is in which group",
    steps: [
      ["POST sys/auth/grouped", { json: { type: groupsPlugin.name } }],
      ["GET sys/auth/grouped", { keep: { accessor: "data.accessor" } }],
      [
        "POST identity/group",
        { json: { name: "grouped", type: "external", policies: ["p-grouped"] }, keep: { group: "data.id" } },
      ],
      [
        "POST identity/group-alias",
        { json: { name: "devs", mount_accessor: "<accessor>", canonical_id: "<group>" }, keep: { alias: "data.id" } },
      ],
      logIn(""),
      logIn("DEVS,unknown"),
      ["GET auth/token/lookup-self", { token: "child" }],
      ["GET identity/group/id/<group>"],
      ["POST auth/grouped/renewal", { json: { groups: "" } }],
      ["POST auth/token/renew-self", { json: {}, token: "child" }],
      ["GET auth/grouped/renewal"],
      ["GET identity/group/id/<group>"],
      ["POST auth/grouped/renewal", { json: { groups: "devs" } }],
      ["POST auth/token/renew-self", { json: {}, token: "child" }],
      ["GET identity/group/id/<group>"],
      logIn("devs"),
      logIn(""),
      ["GET identity/group/id/<group>"],
      ["DELETE sys/auth/grouped"],
      ["GET identity/group/id/<group>"],
      ["GET identity/entity/id/<entity>"],
      ["DELETE identity/entity/id/<entity>"],
      ["DELETE identity/group/id/<group>"],
    ],
  },
];
