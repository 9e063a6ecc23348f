import { type Data, type TokenType, tokenTypes, UserError } from "@vaultwright/core/launch";
import { type MountConfig, type MountTable, systemLeaseTtl } from "../mounts/mount-entry.ts";
import { parseDuration } from "../values/duration.ts";
import { booleanField, textField, textsField } from "./fields.ts";

/** Reads the settings of a mount from a request over what is set already; `explain` has the words for lifetimes that do not fit. */
export function readMountConfig(
  data: Data,
  current: MountConfig,
  table: MountTable,
  explain: (config: MountConfig) => string,
): MountConfig {
  const config = {
    ...current,
    defaultLeaseTtl: leaseTtl(data, "default_lease_ttl", current.defaultLeaseTtl),
    maxLeaseTtl: leaseTtl(data, "max_lease_ttl", current.maxLeaseTtl),
    forceNoCache: booleanField(data, "force_no_cache") ?? current.forceNoCache,
    ...optionalSettings(data),
    ...readTokenType(data, table),
  };
  const max = config.maxLeaseTtl || systemLeaseTtl;
  if (config.defaultLeaseTtl > max) throw new UserError(explain({ ...config, maxLeaseTtl: max }));
  return config;
}

/** The settings of a mount that nobody tuned. */
export const untuned: MountConfig = { defaultLeaseTtl: 0, maxLeaseTtl: 0, forceNoCache: false };

/** Reads the settings of a new mount. Hosts overlook there what only auth methods have, and say which lifetime is wrong. */
export function readNewMountConfig(data: Data, table: MountTable): MountConfig {
  checkLeaseTtl(data, "default");
  checkLeaseTtl(data, "max");
  const { token_type: _tokenType, ...ofSecrets } = data;
  return readMountConfig(table === "auth" ? data : ofSecrets, untuned, table, explainNew);
}

function checkLeaseTtl(data: Data, kind: "default" | "max"): void {
  const name = `${kind}_lease_ttl`;
  try {
    leaseTtl(data, name, 0);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`unable to parse ${kind} TTL of ${String(data[name])}: ${problem}`, { cause });
  }
}

function explainNew({ maxLeaseTtl }: MountConfig): string {
  return maxLeaseTtl === systemLeaseTtl
    ? `given default lease TTL greater than system max lease TTL of ${maxLeaseTtl}`
    : "given default lease TTL greater than given max lease TTL";
}

function leaseTtl(data: Data, name: string, current: number): number {
  const value = data[name];
  if (value === undefined || value === null || value === "") return current;
  return value === "system" ? 0 : parseDuration(value);
}

function optionalSettings(data: Data): Partial<MountConfig> {
  const trim = booleanField(data, "trim_request_trailing_slashes");
  const listing = data["listing_visibility"] === undefined ? undefined : textField(data, "listing_visibility");
  if (listing !== undefined && !["", "hidden", "unauth"].includes(listing))
    throw new UserError(`invalid listing_visibility ${listing}`);
  const settings = {
    trimRequestTrailingSlashes: trim,
    listingVisibility: listing,
    passthroughRequestHeaders: textsField(data, "passthrough_request_headers"),
    allowedResponseHeaders: textsField(data, "allowed_response_headers"),
    auditNonHmacRequestKeys: textsField(data, "audit_non_hmac_request_keys"),
    auditNonHmacResponseKeys: textsField(data, "audit_non_hmac_response_keys"),
    delegatedAuthAccessors: textsField(data, "delegated_auth_accessors"),
    allowedManagedKeys: textsField(data, "allowed_managed_keys"),
    identityTokenKey: identityTokenKey(data),
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

/** There is one key on every server; others can be made only where identity tokens can be. */
function identityTokenKey(data: Data): string | undefined {
  const key = textField(data, "identity_token_key");
  if (key !== "" && key !== "default") throw new UserError(`key ${JSON.stringify(key)} does not exist`);
  return key === "" ? undefined : key;
}

function readTokenType(data: Data, table: MountTable): { readonly tokenType?: TokenType } {
  if (data["token_type"] === undefined) return {};
  const text = textField(data, "token_type");
  if (table !== "auth") throw new UserError("'token_type' can only be modified on auth mounts");
  if (text === "") return { tokenType: "default-service" };
  const tokenType = tokenTypes.find((known) => known === text && known !== "default");
  if (tokenType === undefined) throw new UserError(`invalid value for 'token_type'`);
  return { tokenType };
}
