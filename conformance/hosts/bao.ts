import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createClient } from "../client.ts";
import { expectStatus, expectText } from "../expect.ts";
import { eventually } from "../processes.ts";
import type { Abilities, LogLine } from "./server.ts";
import { endProcess, type KillableServer, parseLogLine, serverEnvironment } from "./server-process.ts";

const startTimeoutMs = 30_000;

/** Starts the `bao` of this path as a server in memory on loopback, initializes it with one share and unseals it. */
export async function startBao(bao: string, pluginDirectory: string): Promise<KillableServer> {
  const folder = mkdtempSync(join(tmpdir(), "bao-"));
  const listener = `127.0.0.1:${await freePort()}`;
  const config = join(folder, "server.json");
  writeFileSync(config, JSON.stringify(baoConfig(listener, pluginDirectory)));
  const child = spawn(bao, ["server", `-config=${config}`], {
    env: serverEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    await endProcess(child, () => child.kill(signal));
    rmSync(folder, { recursive: true, force: true });
  };
  const lines: LogLine[] = [];
  // Beside its log it writes remarks for whoever sits at the terminal, for one that this storage forgets everything.
  createInterface(child.stderr).on("line", (line) => lines.push(parseLogLine(line, "info")));
  child.stdout.resume();
  const address = `http://${listener}`;
  try {
    await untilItAnswers(child, address, lines);
    const opened = await open(address);
    const running = { name: "OpenBao", abilities, address, ...opened, pluginDirectory, logs: () => lines };
    return { ...running, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
  } catch (error) {
    await end("SIGKILL");
    throw error;
  }
}

const abilities: Abilities = { protocol: 5, sharesProcesses: true, hasPluginVersions: true, hasTransactions: true };

/** What the server is told: the names are those of its configuration file. */
function baoConfig(listener: string, pluginDirectory: string): object {
  return {
    storage: { inmem: {} },
    listener: { tcp: { address: listener, tls_disable: true } },
    api_addr: `http://${listener}`,
    plugin_directory: pluginDirectory,
    log_format: "json",
    log_level: "debug",
  };
}

/** The server wants to be told its port, so one is taken that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("the listener has no port");
  return address.port;
}

async function untilItAnswers(child: ChildProcess, address: string, lines: readonly LogLine[]): Promise<void> {
  await once(child, "spawn");
  const closed = once(child, "close");
  await eventually(
    "an answer of OpenBao",
    async () => {
      if (child.exitCode === null) return answers(address);
      await closed;
      throw new Error(`OpenBao ended with ${child.exitCode}: ${JSON.stringify(lines)}`);
    },
    startTimeoutMs,
  );
}

async function answers(address: string): Promise<boolean> {
  try {
    return (await createClient(address).read("sys/seal-status")).status === 200;
  } catch {
    // Nobody listens there yet.
    return false;
  }
}

type Opened = Pick<KillableServer, "host" | "rootToken" | "unsealKey">;

async function open(address: string): Promise<Opened> {
  const client = createClient(address);
  const made = expectStatus(await client.write("sys/init", { secret_shares: 1, secret_threshold: 1 }), 200);
  const unsealKey = expectText(made, "keys_base64", 0);
  const opened = expectStatus(await client.write("sys/unseal", { key: unsealKey }), 200);
  // Plugins are told the number alone, without what says that it is a pre-release.
  const version = expectText(opened, "version").replace(/[-+].*/, "");
  return { host: { kind: "openbao", version }, rootToken: expectText(made, "root_token"), unsealKey };
}
