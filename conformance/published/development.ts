import assert from "node:assert/strict";
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { type Client, createClient } from "../client.ts";
import { type Environment, type Project, projectEnvironment } from "./project.ts";

/** `vaultwright dev` that runs in a plugin's folder. */
export interface Development {
  readonly pid: number;
  /** A client of the server that the plugin runs in. */
  readonly client: Client;
  /** Waits until the command has printed what a pattern matches. */
  printed(pattern: RegExp): Promise<void>;
  stop(): Promise<void>;
}

/** Starts `vaultwright dev`, and waits until the plugin runs. */
export async function startDevelopment(
  project: Project,
  folder: string,
  { args = [], env = {} }: { readonly args?: readonly string[]; readonly env?: Environment } = {},
): Promise<Development> {
  const main = join(project.folder, "node_modules", "vaultwright", "dist", "main.js");
  const child = spawn(process.execPath, [main, "dev", ...args], {
    cwd: folder,
    env: { ...projectEnvironment(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = collectOutput(child);
  const printed = async (pattern: RegExp): Promise<void> => {
    while (!pattern.test(output())) {
      assert.equal(child.exitCode, null, output());
      await setTimeout(20);
    }
  };
  const stop = async (): Promise<void> => {
    const exit = once(child, "exit");
    child.kill("SIGINT");
    await exit;
  };
  try {
    await printed(/ runs at \S+, after /);
    const [, address = env["VAULT_ADDR"], token = env["VAULT_TOKEN"]] =
      /VAULT_ADDR=(\S+) VAULT_TOKEN=(\S+)/.exec(output()) ?? [];
    assert.ok(address && token, output());
    return { pid: child.pid ?? 0, client: createClient(address, token), printed, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** How long a change took to be answered. */
export interface ChangeTime {
  readonly ms: number;
  /** What the command and the processes that it started and ended have used of a processor, where the system says so. */
  readonly ownMs: number | undefined;
}

/** Changes a file of a plugin's sources, and waits until a server answers otherwise. */
export async function timeOfChange(
  file: string,
  change: (text: string) => string,
  hasChanged: () => Promise<boolean>,
  pid: number,
): Promise<ChangeTime> {
  const text = readFileSync(file, "utf8");
  const changed = change(text);
  assert.notEqual(changed, text);
  const used = processorMs(pid);
  const started = performance.now();
  writeFileSync(file, changed);
  // Each question costs the server time, of which the answer would come later.
  while (!(await hasChanged())) await setTimeout(50);
  const ms = performance.now() - started;
  const usedNow = processorMs(pid);
  return { ms, ownMs: used === undefined || usedNow === undefined ? undefined : usedNow - used };
}

/** Fields 14 to 17 of a process's line are its time and that of the children that it has waited for, in hundredths. */
function processorMs(pid: number): number | undefined {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return undefined;
  const fields = readFileSync(file, "utf8").split(") ")[1]?.split(" ").slice(11, 15) ?? [];
  return fields.reduce((sum, field) => sum + Number(field) * 10, 0);
}

function collectOutput(child: ChildProcessByStdio<null, Readable, Readable>): () => string {
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  return () => output;
}
