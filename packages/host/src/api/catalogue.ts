import { type BackendType, UserError } from "@vaultwright/core/launch";
import type { CatalogueEntry } from "../plugins/catalogue.ts";
import { findPluginFile } from "../plugins/plugin-file.ts";
import { probePlugin } from "../plugins/probe.ts";
import { normalVersion } from "../plugins/version.ts";
import { textField, textsField } from "./fields.ts";
import { type ApiCall, type ApiRoute, listOf, route } from "./route.ts";

/** The paths of the plugin catalogue. */
export const catalogueRoutes: readonly ApiRoute[] = [
  route("plugins/catalog", "List all plugins.", { read: listAll }),
  route("plugins/catalog/:type", "List the plugins of a type.", { list: listType }),
  route("plugins/catalog/:type/:name+", "Register, read and deregister a plugin.", {
    read: readPlugin,
    update: registerPlugin,
    delete: deregisterPlugin,
  }),
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
  return { data: { ...Object.fromEntries(named), detailed } };
}

function listType({ state, params }: ApiCall) {
  const type = pluginType(params["type"]);
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

async function registerPlugin({ state, params, data }: ApiCall): Promise<undefined> {
  const entry = registration(pluginType(params["type"]), params["name"] ?? "", data);
  await findPluginFile(state.pluginDirectory, entry.command);
  state.catalogue.register(await probePlugin(state.processes, entry, state.log));
  return undefined;
}

function registration(type: BackendType, name: string, data: ApiCall["data"]): CatalogueEntry {
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
  if (!/^(?:[0-9a-f]{2})+$/i.test(sha256)) throw new UserError(`Could not decode SHA256 value from Hex ${sha256}`);
  const [command = "", ...ownArgs] = textField(data, "command").split(" ");
  if (command === "") throw new UserError("must provide at least one of command or oci_image");
  const args = textsField(data, "args") ?? [];
  if (ownArgs.length > 0 && args.length > 0) throw new UserError("must not specify args in command and args field");
  const env = textsField(data, "env") ?? [];
  return { name, type, version, command, args: [...ownArgs, ...args], env, sha256: sha256.toLowerCase() };
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
