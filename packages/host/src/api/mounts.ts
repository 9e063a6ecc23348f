import { type Data, UserError } from "@vaultwright/core/launch";
import { disableMount } from "../mounts/disable-mount.ts";
import type { MountEntry, MountTable } from "../mounts/mount-entry.ts";
import { normalVersion } from "../plugins/version.ts";
import type { HostState } from "../state.ts";
import { newUuid, randomHex } from "../values/random.ts";
import { asUserError } from "./as-user-error.ts";
import { booleanField, objectField, textField, textMapField } from "./fields.ts";
import { readNewMountConfig } from "./mount-fields.ts";
import { mountInfo } from "./mount-info.ts";
import { type ApiCall, type ApiRoute, route } from "./route.ts";
import { tuneRoutes } from "./tune.ts";
import { runningVersionWarnings } from "./version-warnings.ts";

const mountFields = {
  config: "object",
  description: "string",
  external_entropy_access: "boolean",
  local: "boolean",
  options: "object",
  plugin_name: "string",
  plugin_version: "string",
  seal_wrap: "boolean",
  type: "string",
} as const;

/** The paths of secrets engines and of auth methods, which are the same but for their names. */
export const mountRoutes: readonly ApiRoute[] = [...routesOf("mounts", "secret"), ...routesOf("auth", "auth")];

function routesOf(base: "mounts" | "auth", table: MountTable): ApiRoute[] {
  const what = table === "auth" ? "auth methods" : "secrets engines";
  return [
    route(base, `List the ${what}.`, { read: ({ state }) => ({ data: mountList(state, table) }) }),
    ...tuneRoutes(base),
    route(
      `${base}/:path+`,
      `Enable, read and disable one of the ${what}.`,
      {
        read: (call) => readMount(call, table),
        update: (call) => enableMount(call, table),
        delete: (call) => disableMountAt(call, table),
      },
      mountFields,
    ),
  ];
}

function mountList(state: HostState, table: MountTable): Data {
  const mounts = state.mounts.list(table).sort((a, b) => (a.fullPath < b.fullPath ? -1 : 1));
  return Object.fromEntries(mounts.map(({ entry }) => [entry.path, mountInfo(entry)]));
}

function readMount({ state, params }: ApiCall, table: MountTable) {
  const path = normalPath(params["path"]);
  const mount = state.mounts.at(fullPath(table, path));
  if (mount === undefined)
    throw new UserError(`No ${table === "auth" ? "auth engine" : "secret engine mount"} at ${path}`);
  return { data: mountInfo(mount.entry), warnings: runningVersionWarnings(state.catalogue, mount.entry) };
}

async function enableMount({ state, params, data }: ApiCall, table: MountTable): Promise<undefined> {
  const entry = newEntry(state, table, normalPath(params["path"]), data);
  await asUserError(() => state.mounts.enable(entry));
  return undefined;
}

function newEntry(state: HostState, table: MountTable, path: string, data: Data): MountEntry {
  const settings = objectField(data, "config");
  const config = readNewMountConfig(settings, table);
  const { type, options } = chosenType(table, data, settings);
  const wanted = normalVersion(textField(settings, "plugin_version"));
  checkMountable(state, { table, path, type });
  const plugin = state.catalogue.choose(table, type, wanted);
  return {
    table,
    path,
    type,
    description: textField(data, "description"),
    uuid: newUuid(),
    accessor: `${table === "auth" ? "auth_" : ""}${type}_${randomHex(4)}`,
    isLocal: booleanField(data, "local") ?? false,
    isSealWrapped: booleanField(data, "seal_wrap") ?? false,
    options,
    config,
    pluginVersion: plugin.version,
    runningVersion: plugin.version,
    runningSha256: plugin.sha256,
  };
}

function chosenType(table: MountTable, data: Data, settings: Data): Pick<MountEntry, "type" | "options"> {
  const named = textField(data, "type");
  const type = named === "plugin" ? textField(settings, "plugin_name") || textField(data, "plugin_name") : named;
  if (type === "")
    throw new UserError(
      named === "plugin"
        ? "plugin_name must be provided for plugin backend"
        : "backend type must be specified as a string",
    );
  const options = textMapField(data, "options") ?? {};
  const [, version] = /^kv-v([12])$/.exec(type) ?? [];
  if (table === "secret" && version !== undefined) return { type: "kv", options: { ...options, version } };
  if (options["version"] && (table === "auth" || type !== "kv"))
    throw new UserError(
      `${table === "auth" ? "auth method" : "secrets engine"} ${JSON.stringify(type)} does not allow setting a version`,
    );
  return { type, options };
}

/** Paths of secrets engines below which only the host itself has anything. */
const ownPaths = ["audit/", "auth/", "sys/", "cubbyhole/", "identity/"];
const ownTypes = ["system", "cubbyhole", "identity", "token"];

function checkMountable(state: HostState, { table, path, type }: Pick<MountEntry, "table" | "path" | "type">): void {
  if (table === "auth") {
    if (type === "token" && state.mounts.at(fullPath(table, path)) === undefined)
      throw new UserError("token credential backend cannot be instantiated");
    return;
  }
  if (ownPaths.some((own) => path.startsWith(own))) throw new UserError(`cannot mount ${JSON.stringify(path)}`);
  if (ownTypes.includes(type)) throw new UserError(`mount type of ${JSON.stringify(type)} is not mountable`);
}

async function disableMountAt({ state, params }: ApiCall, table: MountTable): Promise<undefined> {
  const path = fullPath(table, normalPath(params["path"]));
  const mount = state.mounts.pluginAt(path);
  if (mount !== undefined) await asUserError(() => disableMount(state, mount));
  else if (state.mounts.at(path) !== undefined)
    throw new UserError(
      table === "auth" ? "token credential backend cannot be disabled" : `cannot unmount ${JSON.stringify(path)}`,
    );
  // Whether there was a mount is not told.
  return undefined;
}

function fullPath(table: MountTable, path: string): string {
  return table === "auth" ? `auth/${path}` : path;
}

/** Brings a mount's path into the form in which it is kept: no leading slash, one at the end. */
export function normalPath(path = ""): string {
  return `${path.replace(/^\/+|\/+$/g, "")}/`;
}
