import { type HostKind, type Log, launch } from "@vaultwright/core/launch";
import { createBuiltInMount } from "./api/built-in-mount.ts";
import { builtIns } from "./api/built-ins.ts";
import { clearCubbyhole } from "./api/cubbyhole.ts";
import { type Clock, systemClock } from "./clock.ts";
import { createFaults, type HostFaults } from "./faults.ts";
import { createHostLog } from "./host-log.ts";
import { listen } from "./http/server.ts";
import { openEntityStore } from "./identity/entity-store.ts";
import { openGroupStore } from "./identity/group-store.ts";
import { openLeaseRegistry } from "./leases/lease-registry.ts";
import { revokeLease } from "./leases/revoke-lease.ts";
import { createConsoleLog } from "./log.ts";
import { openMountTable } from "./mounts/mount-table.ts";
import { startRollbacks } from "./mounts/rollback.ts";
import { createSystemView } from "./mounts/system-view.ts";
import { createMovableClock } from "./movable-clock.ts";
import { type CatalogueEntry, openCatalogue } from "./plugins/catalogue.ts";
import type { PluginLauncher } from "./plugins/launcher.ts";
import { createPluginProcesses } from "./plugins/processes.ts";
import { openPasswordPolicies } from "./policies/password-policies.ts";
import { openPolicyStore } from "./policies/policy-store.ts";
import { type Product, products } from "./product.ts";
import { openQuotas } from "./quotas/quota-store.ts";
import { openWrapping } from "./requests/wrapping.ts";
import { createSeal } from "./seal.ts";
import { openSettings, type Settings } from "./settings.ts";
import type { HostState } from "./state.ts";
import { createMemoryStore } from "./storage/memory-store.ts";
import { openRecords } from "./storage/records.ts";
import { openSqliteStore } from "./storage/sqlite-store.ts";
import type { Store } from "./storage/store.ts";
import { createTokenRevocation } from "./tokens/revoke-token.ts";
import { openSignedTokens } from "./tokens/signed-tokens.ts";
import { openTokenStore } from "./tokens/token-store.ts";
import { createActivity } from "./ui/activity.ts";
import { recordCalls } from "./ui/record-calls.ts";

/** How to start the server. */
export interface HostOptions {
  /** Where the plugins' files are; only files directly in it can be registered. */
  readonly pluginDirectory: string;
  /** The product that plugins and clients find, Vault unless said otherwise. Kept data stays with the product that made it. */
  readonly like?: HostKind;
  /** Where to listen: a free port of 127.0.0.1 unless said otherwise. No other address is possible. */
  readonly address?: { readonly host: string; readonly port: number };
  /** The token that may do everything; made up unless given. */
  readonly rootToken?: string;
  /** Where everything is kept, without encryption; unless given, everything is gone when the server stops. */
  readonly dataDirectory?: string;
  /** Registered before kept mounts start, so that they start with a binary that has changed since; replaces what was kept. */
  readonly plugins?: readonly CatalogueEntry[];
  /** Gets the lines of the host and of its plugins; standard error unless given. */
  readonly log?: Log;
  readonly clock?: Clock;
  /** Starts plugins; tests give one that starts none. */
  readonly launch?: PluginLauncher;
}

/** A server that runs. */
export interface RunningHost {
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  readonly rootToken: string;
  /** What `sys/unseal` wants after `sys/seal`. */
  readonly unsealKey: string;
  /** What a test can make go wrong. */
  readonly faults: HostFaults;
  /** Ends the plugins and the server; what is kept in a folder stays there. */
  close(): Promise<void>;
}

// A plugin that hangs must not keep the server from ending.
const orderlyMs = 5_000;

/** Starts the embedded development server. */
export async function startHost(options: HostOptions): Promise<RunningHost> {
  const { host, port } = options.address ?? { host: "127.0.0.1", port: 0 };
  if (host !== "127.0.0.1")
    throw new Error(`the embedded server is for development and listens on 127.0.0.1 only, not on ${host}`);
  const store = options.dataDirectory === undefined ? createMemoryStore() : openSqliteStore(options.dataDirectory);
  let closing: Promise<void> | undefined;
  let close = async (): Promise<void> => store.close();
  try {
    const product = products[options.like ?? "vault"];
    const settings = openSettings(store, product, options.rootToken);
    let address = "";
    const { state, faults } = createState(store, { settings, product, address: () => address }, options);
    const server = await listen(state, { host, port });
    address = `http://${host}:${server.port}`;
    close = async () => {
      await server.close();
      await state.seal.seal();
      store.close();
    };
    await state.seal.unseal(settings.unsealKey);
    return {
      address,
      rootToken: settings.rootToken,
      unsealKey: settings.unsealKey,
      faults,
      close() {
        closing ??= close();
        return closing;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function createState(
  store: Store,
  own: { readonly settings: Settings; readonly product: Product; address(): string },
  options: HostOptions,
): { readonly state: HostState; readonly faults: HostFaults } {
  const { settings, product, address } = own;
  const clock = createMovableClock(options.clock ?? systemClock);
  const faults = createFaults({
    clock,
    mounts: () => state.mounts,
    roleChanged() {
      if (!state.seal.isSealed) takeDuties();
    },
  });
  const activity = createActivity();
  const log = createHostLog({
    log: options.log ?? createConsoleLog(),
    lines: activity.lines,
    now: clock.now,
    mountPath: (uuid) => state.mounts.plugins().find(({ entry }) => entry.uuid === uuid)?.fullPath,
  });
  const { pluginDirectory } = options;
  const tokens = openTokenStore(store, {
    salt: settings.salt,
    batchKey: Buffer.from(settings.batchKey, "hex"),
    prefixes: product.tokenPrefixes,
  });
  // Leases, tokens and mounts know of each other, and each asks for the others only when it is used.
  const leases = openLeaseRegistry({ store, clock, log, revoke: (lease) => revokeLease(state, lease) });
  const signedTokens = openSignedTokens(store, address);
  const wrapping = openWrapping({ store, clock, tokens, leases, signedTokens });
  const tokenRevocation = createTokenRevocation({
    store,
    tokens,
    leases,
    forgetKept(key) {
      wrapping.forget(key);
      clearCubbyhole({ store }, key);
    },
  });
  replaceRootToken({ tokens, tokenRevocation, clock }, settings);
  const entities = openEntityStore(store, clock.now);
  const groups = openGroupStore(store);
  const passwordPolicies = openPasswordPolicies(store);
  const catalogue = openCatalogue(store);
  for (const entry of options.plugins ?? []) catalogue.register(entry);
  const { clusterId } = settings;
  const processes = createPluginProcesses({
    directory: pluginDirectory,
    launch: recordCalls(options.launch ?? launch, activity.calls, clock),
    product,
  });
  const mounts = openMountTable({
    product,
    store,
    log,
    catalogue,
    processes,
    faults,
    systemView: (entry) =>
      createSystemView({
        product,
        role: () => faults.role,
        entry,
        entities,
        groups,
        wrapping,
        passwordPolicies,
        clusterId,
      }),
  });
  let stopDuties = (): void => {};
  // What is only the node's that writes, while the server is open.
  const takeDuties = (): void => {
    stopDuties();
    if (faults.role === "standby") return;
    leases.start();
    const stopRollbacks = startRollbacks({ clock, log, mounts: mounts.plugins });
    stopDuties = () => {
      stopRollbacks();
      leases.stop();
    };
  };
  const seal = createSeal({
    key: settings.unsealKey,
    async open() {
      processes.open();
      await mounts.startAll();
      takeDuties();
    },
    async close() {
      stopDuties();
      const orderly = leases.settled().then(() => mounts.closeAll());
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const cancel = clock.at(new Date(clock.now().getTime() + orderlyMs), resolve);
      await Promise.race([orderly, late]);
      cancel();
      // Whoever still waits for a plugin then learns that it is gone.
      await processes.shutDown();
      await orderly;
    },
  });
  const state: HostState = {
    product,
    clock,
    log,
    activity,
    store,
    storageType: options.dataDirectory === undefined ? "inmem" : "sqlite",
    clusterId,
    pluginDirectory,
    policies: openPolicyStore(store, product.kind),
    passwordPolicies,
    tokens,
    signedTokens,
    tokenRevocation,
    tokenRoles: openRecords(store, "token-roles"),
    leases,
    entities,
    groups,
    quotas: openQuotas(store, clock),
    wrapping,
    catalogue,
    processes,
    mounts,
    seal,
  };
  for (const builtIn of builtIns(store, product)) mounts.addBuiltIn(createBuiltInMount(state, builtIn));
  return { state, faults };
}

/** Makes the root token unless there is one; one that was replaced ends, what it made lives on. */
function replaceRootToken(
  { tokens, tokenRevocation, clock }: Pick<HostState, "tokens" | "tokenRevocation" | "clock">,
  { rootToken, replacedRootToken }: Settings,
): void {
  const replaced = replacedRootToken === undefined ? undefined : tokens.find(replacedRootToken);
  if (replaced !== undefined) tokenRevocation.revokeOrphaning(replaced);
  if (tokens.find(rootToken) !== undefined) return;
  tokens.create(
    {
      type: "service",
      path: "auth/token/root",
      policies: ["root"],
      displayName: "root",
      numUses: 0,
      createdAtMs: clock.now().getTime(),
      ttl: 0,
      explicitMaxTtl: 0,
      period: 0,
      entityId: "",
      boundCidrs: [],
    },
    rootToken,
  );
}
