// `node --conditions=@vaultwright/source packages/host/bench/requests.ts [SECONDS]`: how many requests a second the server
// answers with a plugin that always says the same, and how much processor time each costs the server and the plugin.
import { type ChildProcess, fork } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeConstantPlugin } from "./constant-plugin.ts";
import { load } from "./load.ts";

const seconds = Number(process.argv[2] ?? 10);
const directory = mkdtempSync(join(tmpdir(), "host-bench-"));
const command = writeConstantPlugin(directory);
// As `npm start` runs it.
const compileCache = join(import.meta.dirname, "..", "..", "..", "scripts", "compile-cache.mjs");
const started = performance.now();
const child = fork(join(import.meta.dirname, "host-process.ts"), [directory], {
  execArgv: [
    "--conditions=@vaultwright/source",
    `--import=${compileCache}`,
    ...(process.env["HOST_ARGS"]?.split(" ") ?? []),
  ],
  stdio: ["ignore", "ignore", "ignore", "ipc"],
});
try {
  const [{ address, rootToken: token }] = await once(child, "message");
  await call("GET", "sys/health");
  const answeredMs = performance.now() - started;
  const { cpuMs } = await usage(child);
  console.log(`first answer after ${answeredMs.toFixed(0)} ms and ${cpuMs.toFixed(0)} ms of processor time`);
  const sha256 = createHash("sha256")
    .update(readFileSync(join(directory, command)))
    .digest("hex");
  await call("POST", "sys/plugins/catalog/secret/constant", { sha256, command });
  await call("POST", "sys/mounts/bench", { type: "constant" });
  const url = `${address}/v1/bench/constant`;
  await load({ url, token, connections: 32, seconds: 2 });
  const before = await usage(child);
  const begun = performance.now();
  const durations = await load({ url, token, connections: 32, seconds });
  const tookMs = performance.now() - begun;
  const after = await usage(child);
  const count = durations.length;
  const each = ((after.cpuMs - before.cpuMs) / count) * 1000;
  console.log(`${count} requests in ${(tookMs / 1000).toFixed(1)} s: ${((count / tookMs) * 1000).toFixed(0)} a second`);
  console.log(
    `median ${durations[count >> 1]?.toFixed(1)} ms, 99 % within ${durations[Math.floor(count * 0.99)]?.toFixed(1)} ms`,
  );
  console.log(
    `the server used ${each.toFixed(0)} µs of processor time a request, enough for ${(1e6 / each).toFixed(0)} a second on a core`,
  );

  async function call(method: string, path: string, body?: object): Promise<void> {
    const headers = { "X-Vault-Token": token };
    const answer = await fetch(`${address}/v1/${path}`, { method, headers, body: body ? JSON.stringify(body) : null });
    if (!answer.ok) throw new Error(`${method} ${path} was answered with ${answer.status}: ${await answer.text()}`);
  }
} finally {
  child.disconnect();
  await once(child, "exit");
  rmSync(directory, { recursive: true });
}

interface Usage {
  readonly cpuMs: number;
  readonly memory: NodeJS.MemoryUsage;
}

async function usage(host: ChildProcess): Promise<Usage> {
  host.send("usage");
  const [used] = await once(host, "message");
  return used;
}
