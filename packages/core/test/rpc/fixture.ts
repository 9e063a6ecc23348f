import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { type ConnInfo, GRPCBrokerDefinition } from "../../src/gen/plugin/broker.ts";
import { createHostCertificate } from "../../src/rpc/certificate.ts";
import { type Handshake, parseHandshake } from "../../src/rpc/handshake.ts";
import { type LaunchOptions, launchPlugin, type PluginProcess } from "../../src/rpc/launch.ts";
import type { LogLine } from "../../src/rpc/log-line.ts";
import { createQueue } from "../../src/rpc/queue.ts";
import type { SelfSigned } from "../../src/rpc/self-signed.ts";
import { clientOf } from "../../src/rpc/service.ts";
import { transportVariable } from "../../src/rpc/transport/choose.ts";
import { grpcJs } from "../../src/rpc/transport/grpc-js/grpc-js.ts";
import type { Address, Channel, Service } from "../../src/rpc/transport/transport.ts";

/** What the plugin under test runs on. */
export interface Runtime {
  readonly name: string;
  readonly file: string;
}

/** Node, which runs the test itself, and Bun of this platform. */
export const runtimes: readonly Runtime[] = [
  { name: "Node", file: process.execPath },
  { name: "Bun", file: bunFile() },
];

function bunFile(): string {
  const platform = { darwin: "darwin", win32: "windows" }[process.platform as string] ?? "linux";
  const arch = process.arch === "arm64" ? "aarch64" : "x64";
  const name = `@oven/bun-${platform}-${arch}`;
  const folder = join(createRequire(import.meta.url).resolve(`${name}/package.json`), "..");
  return join(folder, "bin", platform === "windows" ? "bun.exe" : "bun");
}

export const pluginFile: string = fileURLToPath(new URL("fixtures/plugin.ts", import.meta.url));

export const cookie = { name: "TEST_COOKIE", value: "let-me-in" } as const;

/** The host's certificate of all tests in a file. */
export const hostCertificate: SelfSigned = await createHostCertificate();

/** Makes a directory that the end of the test removes. */
export function temporaryDirectory(test: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), "rpc-"));
  test.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Makes a directory in which this process itself makes its temporary files until the end of the test. */
export function ownTemporaryDirectory(test: TestContext): string {
  const directory = temporaryDirectory(test);
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = directory;
  test.after(() => {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  });
  return directory;
}

/** Names of the files in a directory. */
export function filesIn(directory: string): readonly string[] {
  return readdirSync(directory);
}

export interface LaunchedFixture extends PluginProcess {
  readonly lines: readonly LogLine[];
  /** Waits for a log line. */
  logged(message: string): Promise<LogLine>;
}

/** Launches the fixture; the end of the test kills it. */
export async function launchFixture(
  test: TestContext,
  { file }: Runtime,
  options: Partial<LaunchOptions> = {},
): Promise<LaunchedFixture> {
  const lines: LogLine[] = [];
  const plugin = await launchPlugin({
    file,
    args: [pluginFile],
    cookie,
    versions: [5],
    onLog: (line) => lines.push(line),
    ...options,
  });
  test.after(() => plugin.kill());
  return { ...plugin, lines, logged: (message) => eventually(() => lines.find((line) => line.message === message)) };
}

const patienceMs = 20_000;

/** Waits until something is there. It must end by itself: what waits on after its test keeps the whole run from ending. */
export async function eventually<T>(look: () => T | undefined | false): Promise<T> {
  for (const end = performance.now() + patienceMs; performance.now() < end; ) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`not in ${patienceMs} ms: ${look}`);
}

/** The fixture, started without the host's half. */
export interface StartedFixture {
  readonly child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Waits for the first line and takes it apart. */
  handshake(): Promise<Handshake>;
  readonly exit: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

// These tests are run once more with the other transport.
const named = process.env[transportVariable];
const transport = named ? { [transportVariable]: named } : {};

/** Starts the fixture in an environment with these variables, the path, and the transport if this process has one. */
export function startFixture(
  test: TestContext,
  { file }: Runtime,
  env: Record<string, string>,
  standardInput: "pipe" | number = "pipe",
): StartedFixture {
  const started = performance.now();
  const child = spawn(file, [pluginFile], {
    env: { PATH: process.env["PATH"] ?? "", TMPDIR: temporaryDirectory(test), ...transport, ...env },
    stdio: [standardInput, "pipe", "pipe"],
  });
  assert.ok(child.stdout && child.stderr);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (data: string) => {
    stdout += data;
  });
  child.stderr.setEncoding("utf8").on("data", (data: string) => {
    stderr += data;
  });
  const exit = once(child, "close").then(([code, signal]) => ({ code, signal }));
  test.after(async () => {
    child.kill("SIGKILL");
    await exit;
  });
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    exit,
    async handshake() {
      const line = await Promise.race([
        eventually(() => stdout.includes("\n") && stdout.slice(0, stdout.indexOf("\n"))),
        exit.then(({ code, signal }) => {
          const seconds = Math.round((performance.now() - started) / 100) / 10;
          const how = `exit code ${code}, signal ${signal}, after ${seconds} seconds`;
          throw new Error(`no handshake, ${how}; stdout: ${JSON.stringify(stdout)}, stderr: ${stderr}`);
        }),
      ]);
      return parseHandshake(line, [3, 4, 5]);
    },
  };
}

/** Variables of a host that offers version 5 without TLS. */
export const plainEnvironment = { [cookie.name]: cookie.value, PLUGIN_PROTOCOL_VERSIONS: "5" } as const;

/** Variables of a host that offers version 5 with AutoMTLS. */
export const tlsEnvironment = { ...plainEnvironment, PLUGIN_CLIENT_CERT: hostCertificate.certificate } as const;

/** A message without bytes. */
export const nothing = new Uint8Array();

/** What bytes say. */
export const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

/** What a host serves to the fixture. */
export const hostServices: readonly Service[] = [
  new Map([["/test.Host/Echo", { kind: "unary", handle: async (request: Uint8Array) => request }]]),
];

/** Lets the protocol's seconds pass ten times as fast in the plugin. */
export const fast = { CLOCK_SPEED: "10" };

/** Opens the broker's stream, and gives what announces a listener on it. */
export function openBrokerStream(t: TestContext, channel: Channel): (id: number, address: Address | ConnInfo) => void {
  const announcements = createQueue<ConnInfo>();
  const stream = clientOf(GRPCBrokerDefinition, channel).startStream(announcements)[Symbol.asyncIterator]();
  stream.next().catch(() => {});
  t.after(() => announcements.end());
  return (serviceId, { network, address }) => announcements.push({ serviceId, network, address, knock: undefined });
}

/** Starts the fixture in plain text and connects to it without the host's half. */
export async function connectPlainly(t: TestContext, runtime: Runtime, env: Record<string, string> = {}) {
  const plugin = startFixture(t, runtime, { ...plainEnvironment, ...env });
  const { address } = await plugin.handshake();
  const channel = grpcJs.dial({ address });
  t.after(() => channel.close());
  return { plugin, channel, path: address.address };
}
