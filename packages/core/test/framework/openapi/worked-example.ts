import { type Path, path, t } from "../../../src/index.ts";

const answer = () => ({ data: {} });

/** The paths of the worked example, whose documents lie beside this file. */
export const workedExample: readonly Path[] = [
  path(/roles\/(?<name>\w(([\w-.]+)?\w)?)/, {
    summary: "  Manage\n a role. ",
    description: "Long text.",
    display: { operationPrefix: "demo", operationSuffix: "role", group: "G" },
    unauthenticated: ["roles/+"],
    fields: {
      name: t.lowerCaseString({ description: "Role name." }),
      ttl: t.seconds({ description: "Lease\n TTL.", default: "1h" }),
      hosts: t.commaStrings({ required: true, display: { name: "Hosts", operationVerb: "x" } }),
      mode: t.oneOf(["a", "b"], { deprecated: true }),
      verbose: t.bool({ query: true, description: "Verbose?" }),
    },
    exists: () => false,
    read: { summary: "Read it.", returns: { ttl: t.seconds({ required: true }) }, handler: answer },
    write: { summary: "U.", description: " D. ", examples: [{ data: { ttl: 60 } }], handler: answer },
    delete: answer,
  }),
  path("roles", {
    summary: "List roles.",
    display: { operationPrefix: "demo", operationSuffix: "roles" },
    fields: { after: t.string({ query: true }) },
    list: { summary: "List.", handler: answer },
  }),
  path(/creds(\/(?<name>.+))?/, {
    summary: "Creds.",
    root: ["creds*"],
    fields: { name: t.string() },
    update: answer,
    list: answer,
    read: answer,
  }),
  path(/raw\/.*/, { summary: "Raw.", fields: {}, read: answer }),
];
