import { describe } from "node:test";
import type { SystemView } from "@vaultwright/core/launch";
import { systemViewContract } from "@vaultwright/core/testing";
import { openEntityStore } from "../../src/identity/entity-store.ts";
import { openGroupStore } from "../../src/identity/group-store.ts";
import { openLeaseRegistry } from "../../src/leases/lease-registry.ts";
import type { MountEntry } from "../../src/mounts/mount-entry.ts";
import { createSystemView } from "../../src/mounts/system-view.ts";
import { openPasswordPolicies } from "../../src/policies/password-policies.ts";
import { type Product, products } from "../../src/product.ts";
import { openWrapping } from "../../src/requests/wrapping.ts";
import { createMemoryStore } from "../../src/storage/memory-store.ts";
import { openSignedTokens } from "../../src/tokens/signed-tokens.ts";
import { openTokenStore } from "../../src/tokens/token-store.ts";
import { createFakeClock } from "../fake-clock.ts";
import { silentLog } from "../silent-log.ts";

const entry: MountEntry = {
  table: "secret",
  path: "a/",
  type: "a",
  description: "",
  uuid: "uuid",
  accessor: "a_1",
  isLocal: false,
  isSealWrapped: false,
  options: null,
  config: { defaultLeaseTtl: 60, maxLeaseTtl: 120, forceNoCache: false },
  pluginVersion: "",
  runningVersion: "",
  runningSha256: "",
};

function makeSystem(product: Product): SystemView {
  const store = createMemoryStore();
  const clock = createFakeClock();
  const tokens = openTokenStore(store, {
    salt: "salt",
    batchKey: Buffer.alloc(32),
    prefixes: product.tokenPrefixes,
  });
  const leases = openLeaseRegistry({ store, clock, log: silentLog, revoke: async () => {} });
  return createSystemView({
    product,
    role: () => "active",
    entry: () => entry,
    entities: openEntityStore(store, clock.now),
    groups: openGroupStore(store),
    wrapping: openWrapping({ store, clock, tokens, leases, signedTokens: openSignedTokens(store, () => "") }),
    passwordPolicies: openPasswordPolicies(store),
    clusterId: "cluster",
  });
}

for (const product of Object.values(products))
  describe(`the system view of a mount like ${product.kind}`, () => systemViewContract(() => makeSystem(product)));
