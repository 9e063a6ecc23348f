import connect, { type client as Client } from "node-vault";
import type { ServerUnderTest } from "../hosts/server.ts";
import { eventually } from "../processes.ts";
import type { NormalAnswer } from "./raw/normal-form.ts";
import { normalValue } from "./raw/normal-form.ts";

/** A call of node-vault and what became of it. */
export interface CallResult {
  readonly call: string;
  readonly answer: NormalAnswer;
}

const policy = 'path "kv/*" { capabilities = ["read"] }';

/** Makes calls of node-vault one after another, each of which may use what those before it gave. */
export async function callWithNodeVault(server: ServerUnderTest): Promise<CallResult[]> {
  const vault = connect({ endpoint: server.address, token: server.rootToken });
  const results: CallResult[] = [];
  const kept = new Map([["root", server.rootToken]]);
  // biome-ignore lint/suspicious/noExplicitAny: node-vault gives the parsed body of an answer, of whatever shape
  const call = async (name: string, work: Promise<any>): Promise<any> => {
    const { status, body } = await work.then((body) => ({ status: 200, body }), failed);
    // It goes on with each token that it is given.
    vault.token = server.rootToken;
    results.push({ call: name, answer: { status, headers: {}, body: normalValue(body ?? null, kept) } });
    return body;
  };

  await call("initialized", vault.initialized());
  await call("status", vault.status());
  await call("health", vault.health());
  await call("leader", vault.leader());
  await call("init", vault.init({ secret_shares: 1, secret_threshold: 1 }));
  await callMounts(vault, call);
  await callKv(vault, call);
  await callPolicies(vault, call);
  await callTokens(vault, call, kept);
  await callWrapping(vault, call);
  return results;
}

// biome-ignore lint/suspicious/noExplicitAny: as above
type Call = (name: string, work: Promise<any>) => Promise<any>;

async function callMounts(vault: Client, call: Call): Promise<void> {
  const type = "vault-plugin-secrets-kv";
  await call("mount", vault.mount({ mount_point: "kv", type, description: "for node-vault" }));
  await call("mount again", vault.mount({ mount_point: "kv", type }));
  await call("mount of no type", vault.mount({ mount_point: "other" }));
  await call("mounts", vault.mounts());
  await call("enableAuth", vault.enableAuth({ mount_point: "way", type: "vault-plugin-auth-example" }));
  await call("auths", vault.auths());
  await call("disableAuth", vault.disableAuth({ mount_point: "way" }));
  await call("help", vault.help("kv"));
}

async function callKv(vault: Client, call: Call): Promise<void> {
  await call("write", vault.write("kv/a", { value: "b", n: 1 }));
  await call("read", vault.read("kv/a"));
  await call("list", vault.list("kv"));
  await call("delete", vault.delete("kv/a"));
  await call("read what is not there", vault.read("kv/a"));
  await call("list of nothing", vault.list("kv/none"));
  await call("enable versions", vault.write("sys/mounts/kv/tune", { options: { version: "2" } }));
  await eventually("version 2", () =>
    vault.read("kv/config").then(
      () => true,
      () => false,
    ),
  );
  await call("write a version", vault.write("kv/data/a", { data: { value: "b" } }));
  await call("write against cas", vault.write("kv/data/a", { data: {}, options: { cas: 0 } }));
  await call("update", vault.update("kv/data/a", { data: { more: "c" } }));
  await call("read a version", vault.read("kv/data/a"));
  await call("read metadata", vault.read("kv/metadata/a"));
  await call("list metadata", vault.list("kv/metadata"));
  await call("delete a version", vault.delete("kv/data/a"));
  await call("read a deleted version", vault.read("kv/data/a"));
}

async function callPolicies(vault: Client, call: Call): Promise<void> {
  await call("addPolicy", vault.addPolicy({ name: "reader", rules: policy }));
  await call("getPolicy", vault.getPolicy({ name: "reader" }));
  await call("policies", vault.policies());
  await call("removePolicy", vault.removePolicy({ name: "reader" }));
  await call("getPolicy of none", vault.getPolicy({ name: "reader" }));
}

async function callTokens(vault: Client, call: Call, kept: Map<string, string>): Promise<void> {
  await call("addTokenRole", vault.addTokenRole({ role_name: "some", allowed_policies: "default" }));
  await call("getTokenRole", vault.getTokenRole({ role_name: "some" }));
  await call("tokenRoles", vault.tokenRoles());
  await call("tokenCreateRole", vault.tokenCreateRole({ role_name: "some" }));
  await call("removeTokenRole", vault.removeTokenRole({ role_name: "some" }));
  const made = await call("tokenCreate", vault.tokenCreate({ policies: ["default"], ttl: "1h" }));
  const { client_token: token, accessor } = made.auth;
  kept.set("child", token);
  await call("tokenLookup", vault.tokenLookup({ token }));
  await call("tokenLookupAccessor", vault.tokenLookupAccessor({ accessor }));
  await call("tokenLookupSelf", vault.tokenLookupSelf());
  await call("tokenRenew", vault.tokenRenew({ token, increment: "2h" }));
  await call("tokenRevoke", vault.tokenRevoke({ token }));
  await call("tokenLookup of none", vault.tokenLookup({ token }));
  await call("tokenCreateOrphan", vault.tokenCreateOrphan({ policies: ["default"] }));
  await call("tokenRevokeAccessor of none", vault.tokenRevokeAccessor({ accessor: "none" }));
  await call("renew of none", vault.renew({ lease_id: "none" }));
  await call("revoke of none", vault.revoke({ lease_id: "none" }));
  await call("revokePrefix", vault.revokePrefix({ path_prefix: "none" }));
}

async function callWrapping(vault: Client, call: Call): Promise<void> {
  const headers = { "X-Vault-Wrap-TTL": "60" };
  const wrapped = await call("wrap", vault.write("sys/wrapping/wrap", { secret: "x" }, { headers }));
  const { token } = wrapped.wrap_info;
  await call("unwrap", vault.unwrap({ token }));
  await call("unwrap again", vault.unwrap({ token }));
  await call("remount", vault.remount({ from: "nowhere", to: "there" }));
  await call("unmount", vault.unmount({ mount_point: "kv" }));
}

/** What node-vault throws for an answer that is a refusal. */
function failed(error: { readonly response?: { readonly statusCode: number; readonly body: unknown } }) {
  if (error.response === undefined) throw error;
  return { status: error.response.statusCode, body: error.response.body };
}
