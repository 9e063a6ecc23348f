import type { Scenario } from "../scenario.ts";

/** Entities, groups, their aliases, and policies that name them. */
export const identityScenarios: readonly Scenario[] = [
  {
    name: "identities",
    steps: [
      ["LIST identity/entity/id"],
      ["LIST identity/entity/name"],
      ["GET identity/entity/name/none"],
      ["POST identity/entity", { json: { name: "somebody", metadata: { k: "v" } }, keep: { entity: "data.id" } }],
      ["GET identity/entity/name/somebody"],
      ["GET identity/entity/id/<entity>"],
      ["POST identity/lookup/entity", { json: { name: "somebody" } }],
      ["LIST identity/group/id"],
      ["LIST identity/entity-alias/id"],
      ["DELETE identity/entity/id/<entity>"],
      ["GET identity/nothing"],
    ],
  },
  {
    name: "groups and their aliases",
    steps: [
      ["GET sys/auth/token", { keep: { accessor: "data.accessor" } }],
      ["POST identity/entity", { json: { name: "member" }, keep: { entity: "data.id" } }],
      [
        "POST identity/group",
        { json: { name: "inner", member_entity_ids: ["<entity>"], policies: ["P-inner"] }, keep: { inner: "data.id" } },
      ],
      ["POST identity/group", { json: { name: "outer", member_group_ids: ["<inner>"] }, keep: { outer: "data.id" } }],
      ["GET identity/group/id/<inner>"],
      ["GET identity/group/name/OUTER"],
      ["GET identity/entity/id/<entity>"],
      ["POST identity/group/id/<inner>", { json: { member_group_ids: ["<outer>"] } }],
      ["POST identity/group/id/<inner>", { json: { member_group_ids: ["<inner>"] } }],
      ["POST identity/group/id/<inner>", { json: { member_group_ids: ["nobody"] } }],
      ["POST identity/group/id/<inner>", { json: { member_entity_ids: ["nobody"] } }],
      ["POST identity/group/id/<inner>", { json: { type: "external" } }],
      ["POST identity/group", { json: { name: "inner" } }],
      ["POST identity/group", { json: { name: "x", type: "foreign" } }],
      ["POST identity/group", { json: { name: "x", policies: ["root"] } }],
      ["POST identity/group", { json: { name: "devs", type: "external" }, keep: { external: "data.id" } }],
      ["POST identity/group", { json: { name: "x", type: "external", member_entity_ids: [] } }],
      ["POST identity/group", { json: { name: "x", type: "external", member_group_ids: ["<inner>"] } }],
      ["POST identity/group-alias", { json: {} }],
      ["POST identity/group-alias", { json: { name: "devs" } }],
      ["POST identity/group-alias", { json: { name: "devs", mount_accessor: "nobody" } }],
      ["POST identity/group-alias", { json: { name: "devs", mount_accessor: "<accessor>", canonical_id: "nobody" } }],
      ["POST identity/group-alias", { json: { name: "devs", mount_accessor: "<accessor>", canonical_id: "<inner>" } }],
      [
        "POST identity/group-alias",
        {
          json: { name: "devs", mount_accessor: "<accessor>", canonical_id: "<external>" },
          keep: { alias: "data.id" },
        },
      ],
      ["POST identity/group-alias", { json: { name: "devs", mount_accessor: "<accessor>" } }],
      ["POST identity/group-alias/id/<alias>", { json: { name: "devs", mount_accessor: "<accessor>" } }],
      ["POST identity/group-alias/id/nobody", { json: { name: "devs", mount_accessor: "<accessor>" } }],
      ["GET identity/group-alias/id/<alias>"],
      ["GET identity/group/id/<external>"],
      ["LIST identity/group-alias/id"],
      ["POST identity/lookup/group", { json: { alias_id: "<alias>" } }],
      ["POST identity/lookup/group", { json: { alias_name: "DEVS", alias_mount_accessor: "<accessor>" } }],
      ["POST identity/lookup/group", { json: { alias_name: "devs" } }],
      ["POST identity/lookup/group", { json: { id: "<inner>", name: "inner" } }],
      ["DELETE identity/group-alias/id/<alias>"],
      ["DELETE identity/group/id/<outer>"],
      ["GET identity/group/id/<inner>"],
      ["DELETE identity/entity/id/<entity>"],
      ["GET identity/group/id/<inner>"],
    ],
  },
  {
    name: "templates in policies",
    steps: [
      ["GET sys/auth/token", { keep: { accessor: "data.accessor" } }],
      ["POST sys/policies/acl/bad", { json: { policy: 'path "a/{{identity.entity.id" {}' } }],
      ["POST sys/policies/acl/bad", { json: { policy: 'path "a/{{x}}+*" {}' } }],
      [
        "POST sys/policies/acl/templates",
        {
          json: {
            policy: [
              "t1/{{identity.entity.id}}",
              "/t2/{{ identity.entity.name }}/*",
              "t3/{{identity.entity.metadata.team}}",
              "t4/{{identity.entity.metadata}}",
              "t5/{{identity.entity.aliases.<accessor>.name}}",
              "t6/{{identity.groups.names.templated.metadata.floor}}",
              "t7/+/{{identity.entity.name}}",
              "t8/{{nonsense}}",
            ]
              .map((path) => `path "${path}" { capabilities = ["read"] }`)
              .join("\n"),
          },
        },
      ],
      [
        "POST identity/entity",
        { json: { name: "ada", metadata: { team: "red" }, policies: ["templates"] }, keep: { entity: "data.id" } },
      ],
      ["POST identity/entity-alias", { json: { name: "Ada", mount_accessor: "<accessor>", canonical_id: "<entity>" } }],
      [
        "POST identity/group",
        { json: { name: "templated", member_entity_ids: ["<entity>"], metadata: { floor: "2" } } },
      ],
      [
        "POST auth/token/roles/aliased",
        { json: { allowed_entity_aliases: "*", allowed_policies: "default", orphan: true } },
      ],
      ["POST auth/token/create/aliased", { json: { entity_alias: "ada" }, keep: { child: "auth.client_token" } }],
      [
        "POST sys/capabilities-self",
        {
          json: {
            paths: ["t1/<entity>", "t2/ada/x", "t3/red", "t3/blue", "t4/x", "t5/Ada", "t6/2", "t7/x/ada", "t8/"],
          },
          token: "child",
        },
      ],
      ["GET identity/entity/id/<entity>", { token: "child" }],
      ["GET identity/entity/name/ada", { token: "child" }],
      ["GET identity/entity/name/somebody", { token: "child" }],
      ["GET t3/red", { token: "child" }],
      ["GET t3/blue", { token: "child" }],
    ],
  },
];
