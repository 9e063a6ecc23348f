import { statSync } from "node:fs";
import { tmpdir } from "node:os";
import { newSocketPath } from "../rpc/listen.ts";
import { PluginError } from "../rpc/plugin-error.ts";
import { groupIdOf } from "../rpc/socket-group.ts";
import { type Finding, failed, note, ok, reasonOf } from "./finding.ts";

/** Where a host may want sockets, and of which group. */
export interface SocketSettings {
  readonly PLUGIN_UNIX_SOCKET_DIR?: string | undefined;
  readonly PLUGIN_UNIX_SOCKET_GROUP?: string | undefined;
}

/** Tries whether a socket can be made where the plugin makes its own. */
export function checkSocketDirectory(settings: SocketSettings): Finding {
  if (process.platform === "win32") return note("not looked at, since on Windows plugins listen on a port");
  const directory = settings.PLUGIN_UNIX_SOCKET_DIR || tmpdir();
  const group = settings.PLUGIN_UNIX_SOCKET_GROUP || undefined;
  try {
    const length = Buffer.byteLength(newSocketPath(directory));
    if (group !== undefined) groupIdOf(group);
    const { mode } = statSync(directory);
    if ((mode & 0o002) !== 0 && (mode & 0o1000) === 0) {
      return failed(`anybody may remove sockets in ${directory}`, `chmod +t ${directory}`);
    }
    return ok(`${directory} takes sockets, with paths of ${length} bytes`);
  } catch (error) {
    const variable = directory === settings.PLUGIN_UNIX_SOCKET_DIR ? "PLUGIN_UNIX_SOCKET_DIR" : "TMPDIR";
    return failed(reasonOf(error), repairOf(error, variable));
  }
}

function repairOf(error: unknown, variable: string): string {
  if (!(error instanceof PluginError)) return "Make the directory readable for the user of the server.";
  if (error.code === "socket-group-unknown") return "Set PLUGIN_UNIX_SOCKET_GROUP to the number of the group.";
  return `Set ${variable} for the server to a directory with a short name that its user may write to, such as /tmp.`;
}
