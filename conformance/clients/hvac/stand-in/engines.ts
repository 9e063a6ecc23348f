import { authMethod, path, secret, secretsEngine, t } from "@vaultwright/core";

const certificate = secret("certificate", {
  internal: {},
  ttl: 3600,
  renew: () => ({ ttl: 3600 }),
  revoke: () => undefined,
});

/** Stands in for Vault's `pki` where a test wants a lease and looks at no certificate. */
export const pki = secretsEngine({
  help: "Issues leases without certificates.",
  paths: [
    accepting("root/generate/internal"),
    accepting("config/urls"),
    path("roles/:name", { summary: "Nothing.", fields: { name: t.name({ description: "Its name." }) }, update() {} }),
    path("issue/:name", {
      summary: "Issue a lease.",
      fields: { name: t.name({ description: "Name of the role." }) },
      update: () => certificate.issue({ data: { serial_number: "00" }, internal: {} }),
    }),
  ],
  secrets: [certificate],
});

/** Stands in for Vault's `approle` and others where a test wants an auth method, and logs in with none. */
export const approle = authMethod({
  help: "Keeps no roles.",
  paths: [
    path("role/:name", { summary: "Nothing.", fields: { name: t.name({ description: "Its name." }) }, update() {} }),
    path("role/:name/secret-id", {
      summary: "Make up an id.",
      fields: { name: t.name({ description: "Name of the role." }) },
      update: () => ({ data: { secret_id: "made up", secret_id_accessor: "made up, too" } }),
    }),
  ],
});

function accepting(pattern: string) {
  return path(pattern, { summary: "Nothing.", fields: {}, update() {} });
}
