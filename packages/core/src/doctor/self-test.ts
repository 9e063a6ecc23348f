import { pluginCookie } from "../bridge/cookie.ts";
import { hostVariables } from "../bridge/host-variables.ts";
import { mountLaunched } from "../bridge/launched-mount.ts";
import { createProcessLife } from "../bridge/process-life.ts";
import type { BackendType } from "../logical/backend.ts";
import type { Log } from "../logical/log.ts";
import { launchPlugin, type PluginProcess } from "../rpc/launch.ts";
import { type Finding, failed, ok, reasonOf } from "./finding.ts";
import type { Program } from "./program.ts";

/** What came of starting the plugin as a host does. */
export interface SelfTest {
  readonly finding: Finding;
  /** What the plugin says that it is, where it came so far. */
  readonly type: BackendType | undefined;
}

const patienceMs = 20_000;

const drop = () => {};
const log: Log = { trace: drop, debug: drop, info: drop, warn: drop, error: drop, with: () => log };

/** Starts the plugin once more, as a host does: mutual TLS, health, type, version, end. */
export async function runSelfTest({ command }: Program, version: string): Promise<SelfTest> {
  const signal = AbortSignal.timeout(patienceMs);
  let handshakeMs = 0;
  let logged = "";
  let plugin: PluginProcess | undefined;
  let type: BackendType | undefined;
  const fail = (cause: string, repair: string) => ({ type, finding: failed(cause, repair) });
  try {
    plugin = await launchPlugin({
      ...command,
      env: { ...hostVariables({ hostVersion: "" }), ...ownSocketDirectory() },
      cookie: pluginCookie,
      versions: [5],
      onLog({ level, fields }) {
        // A process that cannot start says why in its log, where a host shows it.
        if (level === "error" && "error" in fields) logged = `; it logged: ${fields["error"]}`;
      },
      onHandshake(ms) {
        handshakeMs = ms;
      },
      signal,
    });
    const mounting = { ...plugin, life: createProcessLife(plugin.exited) };
    const backend = await mountLaunched(mounting, { uuid: "", config: new Map(), log, signal });
    type = backend.type;
    const reported = await backend.version({ signal });
    await backend.cleanup({ signal });
    await plugin.kill();
    const { code, signal: killedBy } = await plugin.exited;

    if (reported !== version) {
      return fail(`it reports version ${reported}, but was made as ${version}`, "Build the plugin again.");
    }
    if (code !== 0) {
      const how = killedBy === null ? `with code ${code}` : `by ${killedBy}`;
      return fail(`it was asked to end, and ended ${how}`, "Look for work that keeps the process from ending.");
    }
    const took = `handshake after ${handshakeMs.toFixed(0)} ms`;
    return { type, finding: ok(`${took}, mutual TLS, health, type ${type}, version ${reported}, clean end`) };
  } catch (error) {
    const cause = signal.aborted ? `it did not answer within ${patienceMs / 1000} s` : reasonOf(error);
    return fail(cause + logged, "Repair what failed above, if anything; a server shows the same cause in its log.");
  } finally {
    await plugin?.kill();
  }
}

/** The host's half gives a directory of its own, which would hide that the one wanted is unusable. */
function ownSocketDirectory(): Readonly<Record<string, string>> {
  const directory = process.env["PLUGIN_UNIX_SOCKET_DIR"];
  return directory ? { PLUGIN_UNIX_SOCKET_DIR: directory } : {};
}
