import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { TestContext } from "node:test";
import { promisify } from "node:util";
import { createSelfSigned } from "../../packages/core/src/rpc/self-signed.ts";
import type { Address } from "../../packages/core/src/rpc/transport/transport.ts";
import type { Subject } from "./h2-transports.ts";

/** What a subject runs on: Node, which runs the test, and Bun, which the binaries are. */
export type Runtime = "Node" | "Bun";

/** The file of each. */
export const runtimes: Readonly<Record<Runtime, string>> = { Node: process.execPath, Bun: bunFile() };

function bunFile(): string {
  const platform = { darwin: "darwin", win32: "windows" }[process.platform as string] ?? "linux";
  const name = `@oven/bun-${platform}-${process.arch === "arm64" ? "aarch64" : "x64"}`;
  const folder = join(createRequire(import.meta.url).resolve(`${name}/package.json`), "..");
  return join(folder, "bin", platform === "windows" ? "bun.exe" : "bun");
}

/** Files of the certificates that both sides of a connection have. */
export interface TlsFiles {
  readonly server: KeyPairFiles;
  readonly client: KeyPairFiles;
}

interface KeyPairFiles {
  readonly certificate: string;
  readonly key: string;
}

/** Writes a fresh certificate for each side into a directory. */
export function writeCertificates(directory: string): TlsFiles {
  const write = (side: string) => {
    const { certificate, key } = createSelfSigned();
    const files = { certificate: join(directory, `${side}.pem`), key: join(directory, `${side}.key`) };
    writeFileSync(files.certificate, certificate);
    writeFileSync(files.key, key, { mode: 0o600 });
    return files;
  };
  return { server: write("server"), client: write("client") };
}

/** What serves, and where. */
export interface SubjectOptions {
  readonly runtime: Runtime;
  readonly subject: Subject;
  readonly address: Address;
  readonly tls?: TlsFiles | undefined;
}

/** A server of the test service, in a process of its own. */
export interface ServingSubject {
  readonly address: string;
  /** Whether the process still runs. */
  isRunning(): boolean;
}

/** Starts a server of the test service; the test's end ends it. */
export async function startSubject(t: TestContext, options: SubjectOptions): Promise<ServingSubject> {
  const { runtime, subject, address, tls } = options;
  const files = tls ? [tls.server.certificate, tls.server.key, tls.client.certificate] : [];
  const args = [join(import.meta.dirname, "h2-subject.ts"), subject, address.network, address.address, ...files];
  const child = spawn(runtimes[runtime], args, { stdio: ["pipe", "pipe", "inherit"] });
  const exit = once(child, "exit");
  t.after(async () => {
    child.stdin.end();
    await exit;
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const { value } = await lines.next();
  if (value === undefined) throw new Error(`the server on ${runtime} ended before it had an address`);
  return { address: value, isRunning: () => child.exitCode === null && child.signalCode === null };
}

/** Calls a server by our HTTP/2 in a process of its own: everything that it has, or one method for so many milliseconds. */
export async function callByUs(
  runtime: Runtime,
  what: "everything" | number,
  { address, tls }: { readonly address: Address; readonly tls?: TlsFiles | undefined },
): Promise<unknown> {
  const files = tls ? [tls.client.certificate, tls.client.key, tls.server.certificate] : [];
  const args = [join(import.meta.dirname, "h2-caller.ts"), `${what}`, address.network, address.address, ...files];
  const { stdout } = await promisify(execFile)(runtimes[runtime], args, { timeout: 240_000, maxBuffer: 1 << 24 });
  return JSON.parse(stdout);
}
