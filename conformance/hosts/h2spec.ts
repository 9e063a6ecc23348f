import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { buildGoHost } from "./go-build.ts";
import { type Runtime, runtimes } from "./h2-process.ts";

/** What became of a case. */
export interface Outcome {
  readonly case: string;
  readonly title: string;
  readonly result: "passed" | "failed" | "skipped";
  readonly detail?: string;
}

/** Runs all cases of h2spec for servers, the strict ones too, over TLS if a client's certificate is given. */
export async function testServer(
  address: string,
  client?: { readonly certificate: string; readonly key: string },
): Promise<readonly Outcome[]> {
  const file = await buildGoHost("h2spec");
  const args = ["server", address, ...(client ? [client.certificate, client.key] : [])];
  const { stdout } = await promisify(execFile)(file, args, { maxBuffer: 1 << 24 });
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** Runs all cases of h2spec for clients with a client of ours. */
export async function testClient(runtime: Runtime): Promise<readonly Outcome[]> {
  const file = await buildGoHost("h2spec");
  const spec = spawn(file, ["client"], { stdio: ["ignore", "pipe", "ignore"] });
  const caller = spawn(runtimes[runtime], [join(import.meta.dirname, "h2-port-caller.ts")], {
    stdio: ["pipe", "inherit", "inherit"],
  });
  const exit = once(caller, "exit");
  const outcomes: Outcome[] = [];
  for await (const line of createInterface(spec.stdout)) {
    const report: Outcome | { readonly port: number } = JSON.parse(line);
    if ("port" in report) caller.stdin.write(`${report.port}\n`);
    else outcomes.push(report);
  }
  caller.stdin.end();
  const [code] = await exit;
  if (code !== 0) throw new Error(`the client on ${runtime} ended with ${code}`);
  return outcomes;
}
