import type { MountEntry } from "../mounts/mount-entry.ts";
import { openRecords } from "../storage/records.ts";
import type { Store } from "../storage/store.ts";
import { newUuid, randomHex } from "../values/random.ts";
import type { BuiltIn } from "./built-in-mount.ts";
import { capabilityRoutes } from "./capabilities.ts";
import { catalogueRoutes } from "./catalogue.ts";
import { internalUiRoutes } from "./internal-ui.ts";
import { leaseRoutes } from "./leases.ts";
import { untuned } from "./mount-fields.ts";
import { mountRoutes } from "./mounts.ts";
import { policyRoutes } from "./policies.ts";
import { reloadRoutes } from "./reload.ts";
import { tokenRoutes, tokenSudoPaths } from "./tokens.ts";
import { wrappingRoutes } from "./wrapping.ts";

/** What the host itself has: `sys/` and `auth/token/`. Their ids stay the same as long as the data does. */
export function builtIns(store: Store): BuiltIn[] {
  const records = openRecords<MountEntry>(store, "built-in-mounts");
  const entryOf = (entry: Pick<MountEntry, "table" | "path" | "type" | "description">): MountEntry => {
    const known = records.get(entry.type);
    if (known !== undefined) return known;
    const made = newEntry(entry);
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
        ...catalogueRoutes,
        ...reloadRoutes,
        ...policyRoutes,
        ...capabilityRoutes,
        ...internalUiRoutes,
        ...leaseRoutes,
        ...wrappingRoutes,
      ],
      sudo: [
        "auth/*",
        "plugins/catalog/*",
        "revoke-prefix/*",
        "revoke-force/*",
        "leases/revoke-prefix/*",
        "leases/revoke-force/*",
        "leases/lookup/*",
        "leases",
      ],
      unauthenticated: ["wrapping/lookup", "internal/ui/mounts", "internal/ui/mounts/*"],
    },
    {
      entry: entryOf({ table: "auth", path: "token/", type: "token", description: "token based credentials" }),
      routes: tokenRoutes,
      sudo: tokenSudoPaths,
      unauthenticated: [],
    },
  ];
}

function newEntry(entry: Pick<MountEntry, "table" | "path" | "type" | "description">): MountEntry {
  return {
    ...entry,
    uuid: newUuid(),
    accessor: `${entry.table === "auth" ? "auth_" : ""}${entry.type}_${randomHex(4)}`,
    isLocal: false,
    isSealWrapped: entry.type === "system",
    options: null,
    config: untuned,
    pluginVersion: "",
    runningVersion: "",
    runningSha256: "",
  };
}
