import { LogicalError, UnsupportedPath, UserError } from "@vaultwright/core/launch";
import type { MountEntry } from "../mounts/mount-entry.ts";
import type { PluginMount } from "../mounts/plugin-mount.ts";
import type { HostResponse } from "../requests/context.ts";
import type { HostState } from "../state.ts";
import { newUuid } from "../values/random.ts";
import { textField, textsField } from "./fields.ts";
import { normalPath } from "./mounts.ts";
import { type ApiCall, type ApiRoute, accepted, route } from "./route.ts";

/** The paths that start plugins anew. */
export const reloadRoutes: readonly ApiRoute[] = [
  route(
    "plugins/reload/backend",
    "Start the processes of a plugin or of mounts anew.",
    {
      update: (call) => reload(call, chosenMounts(call)),
    },
    { mounts: "array", plugin: "string", scope: "string" },
  ),
  route(
    "plugins/reload/:type/:name",
    "Start the processes of a plugin anew.",
    {
      update: (call) => reload(call, mountsOfType(call)),
    },
    { scope: "string" },
  ),
];

async function reload(call: ApiCall, mounts: readonly PluginMount[]): Promise<HostResponse> {
  const scope = textField(call.data, "scope");
  if (scope !== "" && scope !== "global") throw new UserError("reload scope must be omitted or 'global'");
  for (const mount of mounts) {
    try {
      await mount.reload();
      call.state.mounts.update(mount, nowRunning(call.state, mount.entry));
    } catch (cause) {
      const problem = LogicalError.from(cause).message;
      throw new UserError(`cannot reload plugin on ${JSON.stringify(mount.fullPath)}: ${problem}`, { cause });
    }
  }
  const none =
    scope === ""
      ? "no plugins were reloaded"
      : "no plugins were reloaded locally (but they may be reloaded on other nodes)";
  const answer = { data: { reload_id: newUuid() }, ...(mounts.length === 0 && { warnings: [none] }) };
  return scope === "" ? answer : accepted(call, answer);
}

function mountsOfType({ state, params }: ApiCall): PluginMount[] {
  const { type = "", name = "" } = params;
  if (!["auth", "secret", "database", "unknown"].includes(type)) throw new UnsupportedPath();
  return state.mounts
    .plugins()
    .filter(({ entry }) => entry.type === name && (type === "unknown" || entry.table === type));
}

/** A reload starts the version that the mount was tuned to, or what was registered anew under the same version. */
function nowRunning({ catalogue }: HostState, entry: MountEntry): MountEntry {
  const plugin = catalogue.running(entry.table, entry.type, entry.pluginVersion);
  return plugin === undefined ? entry : { ...entry, runningVersion: plugin.version, runningSha256: plugin.sha256 };
}

function chosenMounts({ state, data }: ApiCall): PluginMount[] {
  const plugin = textField(data, "plugin");
  const paths = textsField(data, "mounts") ?? [];
  if (plugin === "" && paths.length === 0) throw new UserError("plugin or mounts must be provided");
  if (plugin !== "" && paths.length > 0) throw new UserError("plugin and mounts cannot be set at the same time");
  if (plugin !== "") return state.mounts.plugins().filter((mount) => mount.entry.type === plugin);
  return paths.map((path) => {
    const mount = state.mounts.pluginAt(normalPath(path));
    if (mount === undefined)
      throw new LogicalError("unknown", `cannot fetch mount entry on ${JSON.stringify(normalPath(path))}`);
    return mount;
  });
}
