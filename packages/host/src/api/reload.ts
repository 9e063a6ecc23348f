import { LogicalError, UserError } from "@vaultwright/core/launch";
import type { MountEntry } from "../mounts/mount-entry.ts";
import type { PluginMount } from "../mounts/plugin-mount.ts";
import type { HostState } from "../state.ts";
import { newUuid } from "../values/random.ts";
import { textField, textsField } from "./fields.ts";
import { normalPath } from "./mounts.ts";
import { type ApiCall, type ApiRoute, route } from "./route.ts";

/** The path that starts plugins anew. */
export const reloadRoutes: readonly ApiRoute[] = [
  route("plugins/reload/backend", "Start the processes of a plugin or of mounts anew.", { update: reload }),
];

async function reload(call: ApiCall) {
  const mounts = chosenMounts(call);
  for (const mount of mounts) {
    try {
      await mount.reload();
      call.state.mounts.update(mount, nowRunning(call.state, mount.entry));
    } catch (cause) {
      throw new UserError(
        `cannot reload plugin on ${JSON.stringify(mount.fullPath)}: ${LogicalError.from(cause).message}`,
        {
          cause,
        },
      );
    }
  }
  return {
    data: { reload_id: newUuid() },
    ...(mounts.length === 0 && { warnings: ["no plugins were reloaded"] }),
  };
}

/** A reload starts the version that the mount was tuned to, or what was registered anew under the same version. */
function nowRunning({ catalogue }: HostState, entry: MountEntry): MountEntry {
  const plugin = catalogue.get(entry.table, entry.type, entry.pluginVersion);
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
