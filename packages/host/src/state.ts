import type { Log } from "@vaultwright/core/launch";
import type { Clock } from "./clock.ts";
import type { EntityStore } from "./identity/entity-store.ts";
import type { GroupStore } from "./identity/group-store.ts";
import type { LeaseRegistry } from "./leases/lease-registry.ts";
import type { MountTable } from "./mounts/mount-table.ts";
import type { Catalogue } from "./plugins/catalogue.ts";
import type { PluginProcesses } from "./plugins/processes.ts";
import type { PasswordPolicies } from "./policies/password-policies.ts";
import type { PolicyStore } from "./policies/policy-store.ts";
import type { Product } from "./product.ts";
import type { Quotas } from "./quotas/quota-store.ts";
import type { Wrapping } from "./requests/wrapping.ts";
import type { Seal } from "./seal.ts";
import type { Records } from "./storage/records.ts";
import type { Store } from "./storage/store.ts";
import type { TokenRevocation } from "./tokens/revoke-token.ts";
import type { SignedTokens } from "./tokens/signed-tokens.ts";
import type { TokenRole } from "./tokens/token-role.ts";
import type { TokenStore } from "./tokens/token-store.ts";
import type { Activity } from "./ui/activity.ts";

/** All that the server is made of, for the parts that answer requests. */
export interface HostState {
  readonly product: Product;
  readonly clock: Clock;
  readonly log: Log;
  /** What the page shows of the recent past. */
  readonly activity: Activity;
  readonly store: Store;
  /** What the store is called in `sys/seal-status`. */
  readonly storageType: string;
  readonly clusterId: string;
  readonly pluginDirectory: string;
  readonly policies: PolicyStore;
  readonly passwordPolicies: PasswordPolicies;
  readonly tokens: TokenStore;
  readonly signedTokens: SignedTokens;
  readonly tokenRevocation: TokenRevocation;
  /** The roles that tokens can be made with, by name. */
  readonly tokenRoles: Records<TokenRole>;
  readonly leases: LeaseRegistry;
  readonly entities: EntityStore;
  readonly groups: GroupStore;
  readonly quotas: Quotas;
  readonly wrapping: Wrapping;
  readonly catalogue: Catalogue;
  readonly processes: PluginProcesses;
  readonly mounts: MountTable;
  readonly seal: Seal;
}
