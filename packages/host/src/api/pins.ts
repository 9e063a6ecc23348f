import { type BackendType, CodedError, UnsupportedPath, UserError } from "@vaultwright/core/launch";
import type { Pin } from "../plugins/catalogue.ts";
import { normalVersion } from "../plugins/version.ts";
import { textField } from "./fields.ts";
import { type ApiCall, type ApiRoute, route } from "./route.ts";

/** The paths of the versions of plugins that all their mounts run. */
export const pinRoutes: readonly ApiRoute[] = [
  route("plugins/pins", "List the pinned versions of plugins.", {
    read: ({ state }) => ({ data: { pinned_versions: state.catalogue.pins().map(pinInfo) } }),
  }),
  route(
    "plugins/pins/:type/:name",
    "Pin a plugin to a version, which its mounts run from their next start.",
    {
      read: readPin,
      update: writePin,
      delete: deletePin,
    },
    { version: "string" },
  ),
];

function readPin({ state, params }: ApiCall) {
  const [type, name] = [typeOf(params), params["name"] ?? ""];
  const version = state.catalogue.pinned(type, name);
  if (version === undefined) throw new CodedError(404, "no pinned version for this plugin");
  return { data: { ...pinInfo({ type, name, version }) } };
}

function writePin({ state, params, data }: ApiCall) {
  const version = normalVersion(textField(data, "version"));
  if (version === "") throw new UserError("missing plugin version");
  state.catalogue.pin({ type: typeOf(params), name: params["name"] ?? "", version });
  return {};
}

function deletePin({ state, params }: ApiCall) {
  state.catalogue.unpin(typeOf(params), params["name"] ?? "");
  return {};
}

function typeOf({ type }: ApiCall["params"]): BackendType {
  if (type === "secret" || type === "auth") return type;
  throw new UnsupportedPath();
}

function pinInfo({ name, type, version }: Pin) {
  return { name, type, version };
}
