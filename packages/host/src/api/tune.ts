import { type Data, UserError } from "@vaultwright/core/launch";
import type { MountEntry } from "../mounts/mount-entry.ts";
import type { PluginMount } from "../mounts/plugin-mount.ts";
import { normalVersion } from "../plugins/version.ts";
import type { HostResponse } from "../requests/context.ts";
import type { HostState } from "../state.ts";
import { asUserError } from "./as-user-error.ts";
import { objectField, textField, textMapField } from "./fields.ts";
import { readMountConfig } from "./mount-fields.ts";
import { tuneInfo } from "./mount-info.ts";
import { type ApiCall, type ApiRoute, route } from "./route.ts";
import { pinWarnings } from "./version-warnings.ts";

const tuneFields = {
  allowed_response_headers: "array",
  audit_non_hmac_request_keys: "array",
  audit_non_hmac_response_keys: "array",
  default_lease_ttl: "string",
  description: "string",
  identity_token_key: "string",
  listing_visibility: "string",
  max_lease_ttl: "string",
  options: "object",
  passthrough_request_headers: "array",
  plugin_version: "string",
  token_type: "string",
  trim_request_trailing_slashes: "boolean",
  user_lockout_config: "object",
} as const;

const secretTuneFields = { allowed_managed_keys: "array", delegated_auth_accessors: "array" } as const;

/** The paths that read and change the settings of a mount. */
export function tuneRoutes(base: "mounts" | "auth"): ApiRoute[] {
  const path = (call: ApiCall): string => `${base === "auth" ? "auth/" : ""}${call.params["path"]}/`;
  return [
    route(
      `${base}/:path+/tune`,
      "Read and change the settings of a mount.",
      {
        read: (call) => readTuning(call, path(call)),
        update: (call) => tune(call, path(call)),
      },
      base === "auth" ? tuneFields : { ...tuneFields, ...secretTuneFields },
    ),
  ];
}

function readTuning({ state }: ApiCall, path: string) {
  const mount = state.mounts.at(path);
  if (mount === undefined) throw new UserError(`cannot fetch sysview for path ${JSON.stringify(path)}`);
  return { data: tuneInfo(mount.entry), warnings: pinWarnings(state.catalogue, mount.entry) };
}

/** What can be tuned of a mount: all of a plugin's, and the settings of what the host itself has there. */
interface Tunable {
  readonly before: MountEntry;
  keep(entry: MountEntry): void;
  readonly plugin?: PluginMount;
}

function tunable({ mounts }: HostState, path: string): Tunable {
  const plugin = mounts.pluginAt(path);
  if (plugin !== undefined) return { before: plugin.entry, keep: (entry) => mounts.update(plugin, entry), plugin };
  const mount = mounts.at(path);
  if (mount?.keep !== undefined) return { before: mount.entry, keep: mount.keep };
  if (mount !== undefined) throw new UserError(`cannot tune ${JSON.stringify(path)}`);
  throw new UserError(`tune of path ${JSON.stringify(path)} failed: no mount entry found`);
}

async function tune({ state, data }: ApiCall, path: string): Promise<HostResponse | undefined> {
  const { before, keep, plugin } = tunable(state, path);
  const { table } = before;
  if (Object.keys(objectField(data, "user_lockout_config")).length > 0)
    throw new UserError(
      `tuning of user lockout configuration for auth type ${JSON.stringify(before.type)} not allowed`,
    );
  if (plugin === undefined && data["token_type"] !== undefined)
    throw new UserError("'token_type' cannot be set for 'token' or 'ns_token' auth mounts");
  const config = readMountConfig(
    data,
    before.config,
    table,
    ({ defaultLeaseTtl, maxLeaseTtl }) =>
      `backend max lease TTL of ${maxLeaseTtl} would be less than backend default lease TTL of ${defaultLeaseTtl}`,
  );
  const after: MountEntry = {
    ...before,
    config,
    description: data["description"] === undefined ? before.description : textField(data, "description"),
    ...versionChange(state, before, data),
    ...optionsChange(before, data),
  };
  keep(after);
  const [from, to] = [before.options?.["version"] ?? "0", after.options?.["version"] ?? "0"];
  if (from === to || plugin === undefined) return undefined;
  await reloadOrRestore(state, plugin, before);
  return {
    warnings: [
      `Upgrading mount from version ${from} to version ${to}. This mount will be unavailable for a brief period and ` +
        "will resume service shortly.",
    ],
  };
}

/** A version of the plugin takes effect at the next start; hosts do not reload for it. */
function versionChange(state: HostState, entry: MountEntry, data: Data): Partial<MountEntry> {
  if (data["plugin_version"] === undefined) return {};
  const text = textField(data, "plugin_version");
  if (text === "") throw new UserError('version "" is not a valid semantic version: Malformed version: ');
  const wanted = normalVersion(text);
  const pin = state.catalogue.pinned(entry.table, entry.type);
  if (pin !== undefined)
    throw new UserError(
      `plugin_version cannot be set for ${entry.table} plugin ${JSON.stringify(entry.type)} as a pinned version ${pin} ` +
        "is in effect",
    );
  return { pluginVersion: state.catalogue.choose(entry.table, entry.type, wanted).version };
}

function optionsChange(entry: MountEntry, data: Data): Partial<MountEntry> {
  const given = textMapField(data, "options");
  if (given === undefined) return {};
  const wanted = given["version"];
  if (wanted !== undefined) checkVersion(wanted, entry.options?.["version"] ?? "0");
  return { options: { ...entry.options, ...given } };
}

function checkVersion(wanted: string, current: string): void {
  if (wanted !== "1" && wanted !== "2") throw new UserError(`invalid version provided: ${wanted}`);
  if (Number(wanted) < Number(current)) throw new UserError(`cannot downgrade mount from version ${current}`);
}

async function reloadOrRestore(state: HostState, mount: PluginMount, before: MountEntry): Promise<void> {
  try {
    await asUserError(() => mount.reload());
  } catch (error) {
    state.mounts.update(mount, before);
    throw error;
  }
}
