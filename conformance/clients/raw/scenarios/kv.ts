import type { Scenario } from "../scenario.ts";

const mergePatch = { "Content-Type": "application/merge-patch+json" };

/** What the commands `vault kv` and `bao kv` send, in the order in which they send it. */
export const kvScenarios: readonly Scenario[] = [
  {
    name: "kv commands at version 1",
    steps: [
      ["POST sys/mounts/one", { json: { type: "vault-plugin-secrets-kv" } }],
      // Each command asks first where the mount is and which version it has.
      ["GET sys/internal/ui/mounts/one/app/db"],
      ["PUT one/app/db", { json: { user: "alice", password: "x" } }],
      ["GET one/app/db"],
      ["GET sys/internal/ui/mounts/one"],
      ["LIST one"],
      ["GET one?list=true"],
      ["LIST one/app"],
      ["LIST one/nothing"],
      ["GET one/nothing"],
      ["DELETE one/app/db"],
      ["GET sys/internal/ui/mounts/nowhere/app"],
      ["DELETE sys/mounts/one"],
    ],
  },
  {
    name: "kv commands at version 2",
    steps: [
      ["POST sys/mounts/two", { json: { type: "vault-plugin-secrets-kv" } }],
      // kv enable-versioning
      ["POST sys/mounts/two/tune", { json: { options: { version: "2" } } }],
      ["GET two/config", { until: 200 }],
      ["GET sys/internal/ui/mounts/two/app/db"],
      ["GET sys/mounts/two/tune"],
      // kv put, with and without cas
      ["PUT two/data/app/db", { json: { data: { user: "alice", password: "x" }, options: {} } }],
      ["PUT two/data/app/db", { json: { data: { user: "bob" }, options: { cas: 1 } } }],
      ["PUT two/data/app/db", { json: { data: { user: "eve" }, options: { cas: 1 } } }],
      // kv get
      ["GET two/data/app/db"],
      ["GET two/data/app/db?version=1"],
      ["GET two/data/app/db?version=9"],
      ["GET two/data/nothing"],
      // kv patch: a merge patch, or a read and a write
      ["PATCH two/data/app/db", { json: { data: { password: "y" }, options: {} }, headers: mergePatch }],
      ["PATCH two/data/app/db", { json: { data: { password: "z" }, options: { cas: 1 } }, headers: mergePatch }],
      ["PATCH two/data/nothing", { json: { data: { a: "b" }, options: {} }, headers: mergePatch }],
      ["GET two/data/app/db"],
      ["PUT two/data/app/db", { json: { data: { user: "bob", password: "w" }, options: { cas: 3 } } }],
      // kv list
      ["LIST two/metadata"],
      ["LIST two/metadata/app"],
      ["LIST two/metadata/nothing"],
      // kv delete, undelete and destroy
      ["DELETE two/data/app/db"],
      ["GET two/data/app/db"],
      ["POST two/delete/app/db", { json: { versions: ["1", "2"] } }],
      ["PUT two/undelete/app/db", { json: { versions: ["1", "4"] } }],
      ["PUT two/destroy/app/db", { json: { versions: ["2"] } }],
      ["GET two/data/app/db?version=2"],
      // kv rollback: the current version, the wanted one, and a write
      ["GET two/data/app/db"],
      ["GET two/data/app/db?version=1"],
      ["PUT two/data/app/db", { json: { data: { user: "alice", password: "x" }, options: { cas: 4 } } }],
      // kv metadata
      ["GET two/metadata/app/db"],
      [
        "PUT two/metadata/app/db",
        { json: { max_versions: 3, delete_version_after: "1h", custom_metadata: { a: "b" } } },
      ],
      ["PATCH two/metadata/app/db", { json: { custom_metadata: { c: "d" } }, headers: mergePatch }],
      ["GET two/metadata/app/db"],
      ["DELETE two/metadata/app/db"],
      ["GET two/metadata/app/db"],
      ["DELETE sys/mounts/two"],
    ],
  },
  {
    name: "kv commands with a token that may not everything",
    steps: [
      ["POST sys/mounts/guarded", { json: { type: "vault-plugin-secrets-kv" } }],
      ["PUT sys/policies/acl/kv-reader", { json: { policy: 'path "guarded/app/*" { capabilities = ["read"] }' } }],
      ["POST auth/token/create", { json: { policies: ["kv-reader"] }, keep: { reader: "auth.client_token" } }],
      ["GET sys/internal/ui/mounts/guarded/app/db", { token: "reader" }],
      ["GET guarded/app/db", { token: "reader" }],
      ["PUT guarded/app/db", { json: { a: "b" }, token: "reader" }],
      ["LIST guarded/app", { token: "reader" }],
      ["GET sys/internal/ui/mounts/secret/app/db", { token: "reader" }],
      ["GET sys/internal/ui/mounts/guarded/app/db", { token: "" }],
      ["DELETE sys/mounts/guarded"],
    ],
  },
];
