import { type BackendType, UnsupportedOperation, UserError } from "@vaultwright/core/launch";
import type { CatalogueEntry } from "../plugins/catalogue.ts";
import { findPluginFile } from "../plugins/plugin-file.ts";
import { probePlugin, probeType } from "../plugins/probe.ts";
import { normalVersion } from "../plugins/version.ts";
import type { HostResponse } from "../requests/context.ts";
import type { HostState } from "../state.ts";
import { sliceField, textField } from "./fields.ts";
import { type ApiCall, type ApiRoute, listOf, route } from "./route.ts";

const pluginFields = {
  args: "array",
  command: "string",
  download: "boolean",
  env: "array",
  oci_image: "string",
  runtime: "string",
  sha256: "string",
  version: "string",
} as const;

/** The paths of the plugin catalogue. */
export const catalogueRoutes: readonly ApiRoute[] = [
  route("plugins/catalog", "List all plugins.", {
    read: listAll,
    list() {
      throw new UnsupportedOperation();
    },
  }),
  route(
    "plugins/catalog/:type",
    "List the plugins of a type; clients of old register plugins here without one.",
    {
      list: listType,
      read: (call) => withoutType(call, "read plugin information from"),
      update: registerWithoutType,
      delete: (call) => withoutType(call, "deregister plugin from"),
    },
    pluginFields,
  ),
  route(
    "plugins/catalog/:type/:name+",
    "Register, read and deregister a plugin.",
    {
      read: readPlugin,
      update: registerPlugin,
      delete: deregisterPlugin,
    },
    pluginFields,
  ),
];

function listAll({ state }: ApiCall) {
  const order = ({ type, name, version }: CatalogueEntry): string => `${type}/${name}/${version}`;
  const entries = state.catalogue.list().sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const namesByType = new Map<string, Set<string>>();
  // Plugins with a version are in the details only.
  for (const { type, name, version } of entries)
    if (version === "") namesByType.set(type, (namesByType.get(type) ?? new Set()).add(name));
  const named = [...namesByType].map(([type, names]) => [type, [...names]]);
  const detailed = entries.map(({ name, type, version, sha256 }) => ({ builtin: false, name, sha256, type, version }));
  return { data: { ...Object.fromEntries(named), ...(detailed.length > 0 && { detailed }) } };
}

function listType({ state, params }: ApiCall) {
  if (params["type"] === "database") return listOf([]);
  if (params["type"] !== "auth" && params["type"] !== "secret") throw new UnsupportedOperation();
  const type = params["type"];
  const unversioned = state.catalogue.list().filter((entry) => entry.type === type && entry.version === "");
  return listOf(unversioned.map((entry) => entry.name).sort());
}

function readPlugin({ state, params, data }: ApiCall) {
  const version = normalVersion(textField(data, "version"));
  const entry = state.catalogue.get(pluginType(params["type"]), params["name"] ?? "", version);
  if (entry === undefined) return undefined;
  const { name, args, command, sha256 } = entry;
  return { data: { args, builtin: false, command, name, sha256, version: entry.version } };
}

function isPluginType(text: string | undefined): boolean {
  return text === "auth" || text === "secret" || text === "database";
}

function withoutType({ params }: ApiCall, what: string): HostResponse {
  if (isPluginType(params["type"])) throw new UnsupportedOperation();
  const name = JSON.stringify(params["type"]);
  return { warnings: [`Deprecated API endpoint, cannot ${what} catalog for ${name}`] };
}

async function registerPlugin({ state, params, data }: ApiCall): Promise<undefined> {
  await register(state, { ...registration(params["name"] ?? "", data), type: pluginType(params["type"]) });
}

async function registerWithoutType({ state, params, data }: ApiCall): Promise<undefined> {
  if (isPluginType(params["type"])) throw new UnsupportedOperation();
  const entry = registration(params["type"] ?? "", data);
  await findPluginFile(state.pluginDirectory, entry.command);
  await register(state, { ...entry, type: await probeType(state.processes, entry, state.log) });
}

async function register(state: HostState, entry: CatalogueEntry): Promise<void> {
  await findPluginFile(state.pluginDirectory, entry.command);
  state.catalogue.register(await probePlugin(state.processes, entry, state.log));
}

function registration(name: string, data: ApiCall["data"]): Omit<CatalogueEntry, "type"> {
  const sha256 = textField(data, "sha256") || textField(data, "sha_256");
  const version = normalVersion(textField(data, "version"));
  if (version.includes("+builtin"))
    throw new UserError(
      `version ${JSON.stringify(version)} is not allowed because 'builtin' is a reserved metadata identifier`,
    );
  if (sha256 === "")
    throw new UserError(
      "must provide at least one of sha256 or version: use sha256 for binary registration (version optional) or " +
        "version only for artifact registration",
    );
  const problem = hexProblem(sha256);
  if (problem !== undefined)
    throw new UserError(`Could not decode SHA256 value from Hex ${sha256}: encoding/hex: ${problem}`);
  const [command = "", ...ownArgs] = textField(data, "command").split(" ");
  if (command === "") throw new UserError("must provide at least one of command or oci_image");
  const args = sliceField(data, "args") ?? [];
  if (ownArgs.length > 0 && args.length > 0) throw new UserError("must not specify args in command and args field");
  const env = sliceField(data, "env") ?? [];
  return { name, version, command, args: [...ownArgs, ...args], env, sha256: sha256.toLowerCase() };
}

function hexProblem(text: string): string | undefined {
  const odd = /[^0-9a-f]/iu.exec(text)?.[0];
  if (odd === undefined) return text.length % 2 === 0 ? undefined : "odd length hex string";
  const code = (odd.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `invalid byte: U+${code} '${odd}'`;
}

function deregisterPlugin({ state, params, data }: ApiCall): undefined {
  const version = normalVersion(textField(data, "version"));
  state.catalogue.deregister(pluginType(params["type"]), params["name"] ?? "", version);
  return undefined;
}

function pluginType(text = ""): BackendType {
  if (text === "secret" || text === "auth") return text;
  throw new UserError(
    text === "database"
      ? "database plugins are not supported by this server"
      : `${JSON.stringify(text)} is not a supported plugin type`,
  );
}
