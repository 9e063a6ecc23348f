import { connect } from "node:net";
import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import type { ServerUnderTest } from "./hosts/server.ts";

/** A wave of requests whose clients go away. */
export interface Storm {
  readonly requests: number;
  readonly perSecond: number;
  /** How long a client waits for its answer, from its connection on. */
  readonly patienceMs: number;
}

/** Sends such a wave to a path, and gives the requests a second that it came to. */
export async function sendStorm(server: ServerUnderTest, path: string, storm: Storm): Promise<number> {
  const { hostname, port } = new URL(server.address);
  const text = [`GET /v1/${path} HTTP/1.1`, `Host: ${hostname}`, `X-Vault-Token: ${server.rootToken}`, "\r\n"].join(
    "\r\n",
  );
  const started = performance.now();
  const clients: Promise<void>[] = [];
  for (let sent = 0; sent < storm.requests; sent += 1) {
    const aheadMs = started + (sent * 1000) / storm.perSecond - performance.now();
    if (aheadMs > 1) await delay(aheadMs);
    clients.push(goAway(Number(port), hostname, text, storm.patienceMs));
  }
  const seconds = (performance.now() - started) / 1000;
  await Promise.all(clients);
  return storm.requests / seconds;
}

/** Sends a request on a connection of its own, and closes it before there is an answer. */
function goAway(port: number, host: string, text: string, patienceMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host, () => {
      socket.write(text);
      setTimeout(() => socket.destroy(), patienceMs);
    });
    socket.on("error", reject);
    socket.on("close", () => resolve());
  });
}
