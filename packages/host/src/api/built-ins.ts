import type { MountConfig, MountEntry } from "../mounts/mount-entry.ts";
import type { Product } from "../product.ts";
import { openRecords } from "../storage/records.ts";
import type { Store } from "../storage/store.ts";
import { newUuid, randomHex } from "../values/random.ts";
import type { BuiltIn } from "./built-in-mount.ts";
import { capabilityRoutes } from "./capabilities.ts";
import { catalogueRoutes } from "./catalogue.ts";
import { cubbyholeRoutes } from "./cubbyhole.ts";
import { entityRoutes } from "./entities.ts";
import { entityAliasRoutes } from "./entity-aliases.ts";
import { groupAliasRoutes } from "./group-aliases.ts";
import { groupRoutes } from "./groups.ts";
import { internalUiRoutes } from "./internal-ui.ts";
import { leaseRoutes } from "./leases.ts";
import { untuned } from "./mount-fields.ts";
import { mountRoutes } from "./mounts.ts";
import { openApiRoutes } from "./openapi.ts";
import { passwordPolicyRoutes } from "./password-policies.ts";
import { pinRoutes } from "./pins.ts";
import { policyRoutes } from "./policies.ts";
import { quotaRoutes } from "./quotas.ts";
import { reloadRoutes } from "./reload.ts";
import { remountRoutes } from "./remount.ts";
import { resultantAclRoutes } from "./resultant-acl.ts";
import { tokenRoutes, tokenSudoPaths } from "./tokens.ts";
import { toolRoutes } from "./tools.ts";
import { wrappingRoutes } from "./wrapping.ts";

/** What the host itself has: `sys/`, `cubbyhole/`, `identity/` and `auth/token/`. Their ids stay the same as long as the data does. */
export function builtIns(store: Store, product: Product): BuiltIn[] {
  // Hosts give what they have themselves their own version.
  const runningVersion = `v${product.version}+builtin.${product.kind === "vault" ? "vault" : "bao"}`;
  const records = openRecords<MountEntry>(store, "built-in-mounts");
  const entryOf = (entry: Pick<MountEntry, "table" | "path" | "type" | "description">): MountEntry => {
    const known = records.get(entry.type);
    if (known !== undefined) return { ...known, runningVersion };
    const made = newEntry({ ...entry, runningVersion });
    records.set(entry.type, made);
    return made;
  };
  return [
    {
      entry: entryOf({
        table: "secret",
        path: "sys/",
        type: "system",
        description: "system endpoints used for control, policy and debugging",
      }),
      routes: [
        ...mountRoutes,
        ...remountRoutes(),
        ...catalogueRoutes,
        ...pinRoutes,
        ...reloadRoutes,
        ...policyRoutes,
        ...passwordPolicyRoutes,
        ...capabilityRoutes,
        ...resultantAclRoutes,
        ...internalUiRoutes,
        ...openApiRoutes,
        ...leaseRoutes,
        ...wrappingRoutes,
        ...toolRoutes,
        ...quotaRoutes,
      ],
      sudo: [
        "auth/*",
        "remount",
        "plugins/catalog/*",
        "revoke-prefix/*",
        "revoke-force/*",
        "leases/revoke-prefix/*",
        "leases/revoke-force/*",
        "leases/lookup/*",
        "leases",
      ],
      unauthenticated: [
        "wrapping/lookup",
        "wrapping/pubkey",
        "internal/specs/openapi",
        "internal/ui/mounts",
        "internal/ui/mounts/*",
        "internal/ui/namespaces",
        "internal/ui/feature-flags",
        "internal/ui/authenticated-messages",
        "internal/ui/unauthenticated-messages",
      ],
    },
    {
      entry: entryOf({
        table: "secret",
        path: "cubbyhole/",
        type: "cubbyhole",
        description: "per-token private secret storage",
      }),
      routes: cubbyholeRoutes,
      sudo: [],
      unauthenticated: [],
    },
    {
      entry: entryOf({ table: "secret", path: "identity/", type: "identity", description: "identity store" }),
      routes: [...entityRoutes, ...entityAliasRoutes, ...groupRoutes, ...groupAliasRoutes],
      sudo: [],
      unauthenticated: [],
    },
    {
      entry: entryOf({ table: "auth", path: "token/", type: "token", description: "token based credentials" }),
      routes: tokenRoutes,
      sudo: tokenSudoPaths,
      unauthenticated: [],
      keep: (entry) => records.set(entry.type, entry),
    },
  ];
}

/** What the host's own mounts get to see of a client's headers. */
const passedHeaders: Readonly<Record<string, Partial<MountConfig>>> = {
  system: { passthroughRequestHeaders: ["Accept"] },
  identity: { passthroughRequestHeaders: ["Authorization"] },
};

function newEntry(entry: Pick<MountEntry, "table" | "path" | "type" | "description" | "runningVersion">): MountEntry {
  return {
    ...entry,
    uuid: newUuid(),
    accessor: `${entry.table === "auth" ? "auth_" : ""}${entry.type}_${randomHex(4)}`,
    isLocal: entry.type === "cubbyhole",
    isSealWrapped: entry.type === "system",
    options: null,
    config: { ...untuned, ...passedHeaders[entry.type] },
    pluginVersion: "",
    runningSha256: "",
  };
}
