import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { TestContext } from "node:test";
import { promisify } from "node:util";
import type { Address } from "../../packages/core/src/rpc/transport/transport.ts";
import { buildGoHost } from "./go-build.ts";
import type { TlsFiles } from "./h2-process.ts";

/** What a check saw, or why it saw nothing. */
export interface Sight {
  readonly check: string;
  readonly saw?: unknown;
  readonly error?: string;
}

/** Lets grpc-go call everything that a server of the test service has. */
export async function callByGo(address: Address, tls?: TlsFiles): Promise<readonly Sight[]> {
  const file = await buildGoHost("h2-grpc");
  const files = tls ? [tls.client.certificate, tls.client.key, tls.server.certificate] : [];
  const args = ["client", address.network, address.address, ...files];
  const { stdout } = await promisify(execFile)(file, args, { timeout: 240_000, maxBuffer: 1 << 24 });
  return JSON.parse(stdout);
}

/** Starts a server by grpc-go that serves the same; the test's end ends it. One that is aging leaves its clients soon. */
export async function serveByGo(
  t: TestContext,
  { kind = "server", address, tls }: { kind?: "server" | "aging-server"; address: Address; tls?: TlsFiles | undefined },
): Promise<void> {
  const file = await buildGoHost("h2-grpc");
  const files = tls ? [tls.server.certificate, tls.server.key, tls.client.certificate] : [];
  const child = spawn(file, [kind, address.network, address.address, ...files], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exit = once(child, "exit");
  t.after(async () => {
    child.stdin.end();
    await exit;
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const { value } = await lines.next();
  if (value === undefined) throw new Error("the server by grpc-go ended before it had an address");
}
