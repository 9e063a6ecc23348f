import type { Data } from "@vaultwright/core/launch";
import { type MountConfig, type MountEntry, systemLeaseTtl } from "../mounts/mount-entry.ts";

/** Describes a mount as `sys/mounts` does: with the lifetimes that were set for it, zero for none. */
export function mountInfo(entry: MountEntry): Data {
  return {
    accessor: entry.accessor,
    config: configInfo(entry),
    description: entry.description,
    external_entropy_access: false,
    local: entry.isLocal,
    options: entry.options,
    plugin_version: entry.pluginVersion,
    running_plugin_version: entry.runningVersion,
    running_sha256: entry.runningSha256,
    seal_wrap: entry.isSealWrapped,
    type: entry.type,
    uuid: entry.uuid,
  };
}

function configInfo({ config, table }: MountEntry): Data {
  return {
    ...optionalConfig({ config }),
    default_lease_ttl: config.defaultLeaseTtl,
    force_no_cache: config.forceNoCache,
    max_lease_ttl: config.maxLeaseTtl,
    ...(table === "auth" && { token_type: config.tokenType ?? "default-service" }),
  };
}

/** Describes a mount to those who look for it: with the lifetimes that apply. */
export function visibleMountInfo(entry: MountEntry): Data {
  return mountInfo({ ...entry, config: { ...entry.config, ...appliedTtls(entry) } });
}

function appliedTtls({ config }: MountEntry): Pick<MountConfig, "defaultLeaseTtl" | "maxLeaseTtl"> {
  return {
    defaultLeaseTtl: config.defaultLeaseTtl || systemLeaseTtl,
    maxLeaseTtl: config.maxLeaseTtl || systemLeaseTtl,
  };
}

/** Describes what is tuned at a mount, as `sys/mounts/PATH/tune` does. */
export function tuneInfo(entry: MountEntry): Data {
  const { defaultLeaseTtl, maxLeaseTtl } = appliedTtls(entry);
  // Hosts do not show this one here.
  const { delegated_auth_accessors: _accessors, ...optional } = optionalConfig(entry);
  return {
    ...optional,
    default_lease_ttl: defaultLeaseTtl,
    description: entry.description,
    force_no_cache: entry.config.forceNoCache,
    max_lease_ttl: maxLeaseTtl,
    ...(entry.table === "auth" && { token_type: entry.config.tokenType ?? "default-service" }),
    ...(Object.keys(entry.options ?? {}).length > 0 && { options: entry.options }),
    ...(entry.pluginVersion !== "" && { plugin_version: entry.pluginVersion }),
  };
}

function optionalConfig({ config }: Pick<MountEntry, "config">): Data {
  const optional = {
    allowed_managed_keys: config.allowedManagedKeys,
    allowed_response_headers: config.allowedResponseHeaders,
    audit_non_hmac_request_keys: config.auditNonHmacRequestKeys,
    audit_non_hmac_response_keys: config.auditNonHmacResponseKeys,
    delegated_auth_accessors: config.delegatedAuthAccessors,
    identity_token_key: config.identityTokenKey,
    listing_visibility: config.listingVisibility,
    passthrough_request_headers: config.passthroughRequestHeaders,
    trim_request_trailing_slashes: config.trimRequestTrailingSlashes,
  };
  // What was set and then emptied again is as good as never set.
  const isSet = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value));
  return Object.fromEntries(Object.entries(optional).filter(([, value]) => isSet(value)));
}
