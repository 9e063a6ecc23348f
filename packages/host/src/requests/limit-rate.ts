import { LogicalError } from "@vaultwright/core/launch";
import type { PluginMount } from "../mounts/plugin-mount.ts";
import { mountMembers, passedHeaders } from "../mounts/plugin-request.ts";
import type { HostState } from "../state.ts";
import type { HostRequest } from "./context.ts";
import { Failure } from "./failure.ts";

/** Counts a request for its quota; throws where the client has made too many. Gives the headers that tell of it. */
export async function limitRate(state: HostState, request: HostRequest): Promise<Readonly<Record<string, string>>> {
  const { quotas, mounts } = state;
  if (quotas.list().length === 0) return {};
  const mountPath = mounts.route(request.path)?.mount.fullPath ?? "";
  const plugin = quotas.needsRole(mountPath) ? mounts.pluginAt(mountPath) : undefined;
  const role = plugin === undefined ? "" : await roleOf(plugin, request);
  const { isAllowed, headers } = quotas.take({ path: request.path, mountPath, role, address: request.remoteAddress });
  const shown = quotas.config.hasResponseHeaders ? headers : {};
  if (isAllowed) return shown;
  const text = `request path ${JSON.stringify(request.path)}: rate limit quota exceeded`;
  throw new Failure(429, [text], { headers: shown });
}

/** Says whether an auth method tells the roles of its logins. */
export async function hasRoles(plugin: PluginMount, request: HostRequest): Promise<boolean> {
  try {
    await askForRole(plugin, request);
    return true;
  } catch (thrown) {
    // Without a login to look at, a plugin that tells roles fails, too, but in another way.
    const { kind } = LogicalError.from(thrown);
    return kind !== "unsupported-operation" && kind !== "unsupported-path";
  }
}

async function roleOf(plugin: PluginMount, request: HostRequest): Promise<string> {
  try {
    const response = await askForRole(plugin, request);
    return String(response?.data?.["role"] ?? "");
  } catch {
    // A login whose role cannot be told has none, and is answered by the plugin itself soon enough.
    return "";
  }
}

function askForRole(plugin: PluginMount, request: HostRequest) {
  const { entry } = plugin;
  return plugin.send(
    {
      id: request.id,
      operation: "resolve-role",
      // Hosts name this path whatever the path of the login is.
      path: "login",
      ...(request.data !== undefined && { data: request.data }),
      headers: passedHeaders(request.headers, entry.config.passthroughRequestHeaders),
      ...mountMembers(entry),
      connection: { remoteAddr: request.remoteAddress, remotePort: request.remotePort },
    },
    request.signal,
  );
}
