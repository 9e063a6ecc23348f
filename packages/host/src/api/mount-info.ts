import type { Data } from "@vaultwright/core/launch";
import { leaseTtlsOf, type MountEntry, systemLeaseTtl } from "../mounts/mount-entry.ts";

/** Describes a mount as `sys/mounts` does. */
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
    default_lease_ttl: config.defaultLeaseTtl || systemLeaseTtl,
    force_no_cache: config.forceNoCache,
    max_lease_ttl: config.maxLeaseTtl || systemLeaseTtl,
    ...(table === "auth" && { token_type: config.tokenType ?? "default-service" }),
  };
}

/** Describes what is tuned at a mount, as `sys/mounts/PATH/tune` does. */
export function tuneInfo(entry: MountEntry): Data {
  const { systemDefault, systemMax } = leaseTtlsOf(entry);
  return {
    ...optionalConfig(entry),
    default_lease_ttl: systemDefault,
    description: entry.description,
    force_no_cache: entry.config.forceNoCache,
    max_lease_ttl: systemMax,
    ...(entry.table === "auth" && { token_type: entry.config.tokenType ?? "default-service" }),
    ...(entry.options !== null && { options: entry.options }),
    ...(entry.pluginVersion !== "" && { plugin_version: entry.pluginVersion }),
  };
}

function optionalConfig({ config }: Pick<MountEntry, "config">): Data {
  const optional = {
    allowed_response_headers: config.allowedResponseHeaders,
    audit_non_hmac_request_keys: config.auditNonHmacRequestKeys,
    audit_non_hmac_response_keys: config.auditNonHmacResponseKeys,
    listing_visibility: config.listingVisibility,
    passthrough_request_headers: config.passthroughRequestHeaders,
    trim_request_trailing_slashes: config.trimRequestTrailingSlashes,
  };
  return Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
}
