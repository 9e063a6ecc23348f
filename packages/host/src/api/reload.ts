import { LogicalError, UserError } from "@vaultwright/core/launch";
import type { PluginMount } from "../mounts/plugin-mount.ts";
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
