// `npm run budget`: what each compiled plugin costs to start and to keep, beside what was measured of a Go plugin.
import { copyFileSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { launch } from "@vaultwright/core/launch";
import { createMemoryStorage, createTestSystem } from "@vaultwright/core/testing";
import { hostCertificate } from "../conformance/certificates.ts";
import { cookie, runToHandshake } from "../conformance/plugin-process.ts";
import { preparePortableDirectory } from "../conformance/portable.ts";
import { binaryPath } from "./compile.ts";
import { plugins } from "./project.ts";

const starts = 15;
const requests = 3000;

/** A Go plugin of the KV engine's size on two x86-64 cores: medians, the memory after load. */
const go = ["24", "", "31", "10", "34"];

/** What each plugin is asked: something that it looks up in storage. */
const questions: Readonly<Record<string, { readonly operation: "read" | "list"; readonly path: string }>> = {
  "vault-plugin-secrets-kv": { operation: "read", path: "team/secret" },
  "vault-plugin-secrets-totp": { operation: "list", path: "keys/" },
  "vault-plugin-auth-example": { operation: "list", path: "users/" },
};

const silent = () => {};
const log = { trace: silent, debug: silent, info: silent, warn: silent, error: silent, with: () => log };

console.log(
  `start: median of ${starts}, mutual TLS, P-521 host certificate; memory: at the handshake, and after ${requests} reads or lists\n`,
);
row("", "start ms", "handshake MB", "resident MB", "anonymous MB", "file MB");
row("a Go plugin, for comparison", ...go);
const names = plugins().map(({ name }) => name);
for (const name of names) await measure(name, name, binaryPath(name));
if (process.platform === "linux") {
  const portable = await preparePortableDirectory(names);
  for (const name of names) {
    // How much of a file is resident depends on how it was written, so it is measured as a copy leaves it.
    const copy = join(portable.path, "copy");
    copyFileSync(join(portable.path, name), copy);
    await measure(`${name}, portable`, name, copy);
  }
  portable.remove();
}

async function measure(title: string, name: string, file: string): Promise<void> {
  const { startMs, atHandshake } = await measureStart(file);
  const { resident, anonymous } = await measureLoad(name, file);
  const size = statSync(file).size / 1e6;
  row(title, startMs.toFixed(1), ...[atHandshake, resident, anonymous, size].map((megabytes) => megabytes.toFixed(0)));
}

async function measureStart(file: string): Promise<{ readonly startMs: number; readonly atHandshake: number }> {
  const { cert } = await hostCertificate();
  const env = {
    ...cookie,
    PLUGIN_PROTOCOL_VERSIONS: "5",
    PLUGIN_CLIENT_CERT: cert,
    VAULT_PLUGIN_AUTOMTLS_ENABLED: "true",
  };
  const samples: { readonly ms: number; readonly resident: number }[] = [];
  for (let run = 0; run < starts; run += 1) {
    const started = performance.now();
    const plugin = await runToHandshake(file, env);
    const ms = performance.now() - started;
    samples.push({ ms, resident: memory(plugin.pid, "VmRSS") });
    await plugin.kill("SIGTERM");
  }
  return { startMs: median(samples.map(({ ms }) => ms)), atHandshake: median(samples.map(({ resident }) => resident)) };
}

async function measureLoad(
  name: string,
  file: string,
): Promise<{ readonly resident: number; readonly anonymous: number }> {
  const plugin = await launch({ file, log, hostVersion: "1.21.4" });
  try {
    const storage = createMemoryStorage();
    const backend = await plugin.mount({ uuid: "budget", config: new Map(), storage, system: createTestSystem(), log });
    const question = questions[name];
    if (!question) throw new Error(`${name}: say in scripts/budget.ts what it is asked`);
    const { signal } = new AbortController();
    for (let done = 0; done < requests; done += 10) {
      const ask = () => backend.handleRequest({ id: "budget", ...question }, { signal });
      await Promise.all(Array.from({ length: 10 }, ask));
    }
    return { resident: memory(plugin.pid, "VmRSS"), anonymous: memory(plugin.pid, "RssAnon") };
  } finally {
    await plugin.kill();
  }
}

/** Reads a figure of a process in megabytes. */
function memory(pid: number, name: string): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function row(name: string, ...cells: readonly string[]): void {
  console.log(name.padEnd(38) + cells.map((cell) => cell.padStart(14)).join(""));
}
