import type { ServerResponse } from "node:http";
import type { Operation } from "@vaultwright/core/launch";
import { textField } from "../api/fields.ts";
import { versionText } from "../product.ts";
import { findCaller } from "../requests/caller.ts";
import type { HostRequest } from "../requests/context.ts";
import { Failure, listErrors } from "../requests/failure.ts";
import type { HostState } from "../state.ts";
import { sendJson } from "./send-response.ts";

type SystemHandler = (state: HostState, request: HostRequest, out: ServerResponse) => void | Promise<void>;

/** A path that answers also while the server is sealed, needs no token but to seal, and has no envelope. */
export interface SystemPath {
  readonly path: string;
  readonly summary: string;
  readonly operations: Readonly<Partial<Record<Operation, SystemHandler>>>;
}

/** All paths of this kind. */
export const systemPaths: readonly SystemPath[] = [
  {
    path: "sys/health",
    summary: "Say how the server is, by status and body.",
    operations: { read: health, header: health },
  },
  {
    path: "sys/seal-status",
    summary: "Say whether the server is sealed.",
    operations: { read: (state, _request, out) => sendJson(out, 200, sealStatus(state)) },
  },
  {
    path: "sys/init",
    summary: "Say that the server is initialized.",
    operations: {
      read: (_state, _request, out) => sendJson(out, 200, { initialized: true }),
      update: () => refuse("Vault is already initialized"),
    },
  },
  { path: "sys/leader", summary: "Say that the server is alone.", operations: { read: leader } },
  { path: "sys/seal", summary: "Seal the server; needs a token with `sudo`.", operations: { update: seal } },
  { path: "sys/unseal", summary: "Unseal the server.", operations: { update: unseal } },
];

const operationsByPath = new Map(systemPaths.map(({ path, operations }) => [path, operations]));

/** Answers a request to such a path, and says whether it was one. */
export async function answerSystemPath(state: HostState, request: HostRequest, out: ServerResponse): Promise<boolean> {
  const operations = operationsByPath.get(request.path);
  if (operations === undefined) return false;
  const handler = operations[request.operation];
  if (handler === undefined) throw new Failure(405, []);
  await handler(state, request, out);
  return true;
}

function refuse(text: string): never {
  throw new Failure(400, [text]);
}

const healthCodes = [
  "activecode",
  "standbycode",
  "drsecondarycode",
  "performancestandbycode",
  "removedcode",
  "haunhealthycode",
  "sealedcode",
  "uninitcode",
];

/** Clients may choose the statuses themselves; each that they name must be a number, also those that don't apply. */
function healthStatus({ data = {} }: HostRequest, { isSealed }: HostState["seal"]): number {
  for (const name of healthCodes)
    if (data[name] !== undefined && !/^[-+]?\d+$/.test(String(data[name]))) throw new Failure(400, []);
  const wanted = Number(textField(data, isSealed ? "sealedcode" : "activecode"));
  if (wanted > 0) return wanted;
  return isSealed ? 503 : 200;
}

function health(state: HostState, request: HostRequest, out: ServerResponse): void {
  const { isSealed } = state.seal;
  const isVault = state.product.kind === "vault";
  sendJson(out, healthStatus(request, state.seal), {
    initialized: true,
    sealed: isSealed,
    standby: isSealed,
    ...(isVault && { performance_standby: false }),
    replication_performance_mode: isSealed ? "unknown" : "disabled",
    replication_dr_mode: isSealed ? "unknown" : "disabled",
    server_time_utc: Math.floor(state.clock.now().getTime() / 1000),
    version: versionText(state.product),
    ...(!isSealed && { cluster_name: "vaultwright", cluster_id: state.clusterId }),
    ...(isVault && {
      enterprise: false,
      echo_duration_ms: 0,
      clock_skew_ms: 0,
      replication_primary_canary_age_ms: 0,
    }),
  });
}

function sealStatus(state: HostState): object {
  const { isSealed } = state.seal;
  return {
    type: "shamir",
    initialized: true,
    sealed: isSealed,
    t: 1,
    n: 1,
    progress: 0,
    nonce: "",
    version: versionText(state.product),
    migration: false,
    ...(!isSealed && { cluster_name: "vaultwright", cluster_id: state.clusterId }),
    recovery_seal: false,
    storage_type: state.storageType,
  };
}

function leader({ product }: HostState, _request: HostRequest, out: ServerResponse): void {
  // OpenBao leaves out what is empty.
  const members = product.kind === "openbao" ? {} : leaderMembers;
  sendJson(out, 200, { ha_enabled: false, ...members });
}

const leaderMembers = {
  active_time: "0001-01-01T00:00:00Z",
  is_self: false,
  leader_address: "",
  leader_cluster_address: "",
  performance_standby: false,
  performance_standby_last_remote_wal: 0,
};

async function seal(state: HostState, request: HostRequest, out: ServerResponse): Promise<void> {
  if (state.seal.isSealed) throw new Failure(503, ["Vault is sealed"]);
  const { acl } = findCaller(state, request);
  const attempt = { operation: "update", path: "sys/seal" } as const;
  if (!acl.isAllowed(attempt) || !acl.hasSudo(attempt)) throw new Failure(403, [listErrors("permission denied")]);
  await state.seal.seal();
  out.writeHead(204, { "Content-Type": "application/json" }).end();
}

async function unseal(state: HostState, { data = {} }: HostRequest, out: ServerResponse): Promise<void> {
  if (data["reset"] === true) {
    if (!state.seal.isSealed) refuse("vault is unsealed");
    sendJson(out, 200, sealStatus(state));
    return;
  }
  const key = textField(data, "key");
  if (key === "") refuse("'key' must be specified in request body as JSON, or 'reset' set to true");
  if (!isHexOrBase64(key)) refuse("'key' must be a valid hex or base64 string");
  if (!(await state.seal.unseal(key))) refuse("unseal failed, invalid key");
  sendJson(out, 200, sealStatus(state));
}

function isHexOrBase64(key: string): boolean {
  return /^(?:[0-9a-f]{2})+$/i.test(key) || Buffer.from(key, "base64").toString("base64") === key;
}
