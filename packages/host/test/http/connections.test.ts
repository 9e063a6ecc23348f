import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { listen } from "../../src/http/server.ts";
import { products } from "../../src/product.ts";
import type { HostState } from "../../src/state.ts";
import { passThrough } from "../pass-through.ts";
import { silentLog } from "../silent-log.ts";
import { startTestHost } from "../test-host.ts";

/** Writes the pieces one after the other, and gives all that came back when the server ended the connection. */
function talk(port: number, pieces: readonly (string | Buffer)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let received = "";
    socket.setEncoding("utf8").on("data", (text: string) => {
      received += text;
    });
    socket.on("error", reject).on("close", () => resolve(received));
    const rest = [...pieces];
    const next = (): void => {
      const piece = rest.shift();
      if (piece !== undefined) socket.write(piece, () => setTimeout(next, 5));
    };
    next();
  });
}

async function startKv() {
  const running = await startTestHost({ store: passThrough });
  await running.mount("secret", "store", "kv");
  const token = `X-Vault-Token: ${running.host.rootToken}`;
  const port = Number(new URL(running.host.address).port);
  return { running, token, port, [Symbol.asyncDispose]: () => running[Symbol.asyncDispose]() };
}

function statusesOf(answers: string): string[] {
  return [...answers.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status ?? "");
}

test("answers requests that are sent ahead in their order, LIST among them", async () => {
  await using kv = await startKv();
  const head = `HTTP/1.1\r\nHost: x\r\n${kv.token}\r\n`;

  const answers = await talk(kv.port, [
    `POST /v1/kv/a ${head}Content-Length: 17\r\n\r\n{"a":"LIST /v1/"}LIST /v1/kv ${head}\r\n` +
      `GET /v1/kv/a ${head}\r\nLIST /v1/kv/a ${head}Connection: close\r\n\r\n`,
  ]);

  assert.deepEqual(statusesOf(answers), ["204", "200", "200", "404"]);
  assert.match(answers, /"keys":\["a"\]/);
  assert.match(answers, /"a":"LIST \/v1\/"/);
});

test("keeps bodies as they are whose pieces look like requests, and serves the LIST behind them", async () => {
  await using kv = await startKv();
  const head = `HTTP/1.1\r\nHost: x\r\n${kv.token}\r\n`;

  const answers = await talk(kv.port, [
    `POST /v1/kv/a ${head}Transfer-Encoding: chunked\r\n\r\n`,
    '7\r\n{"a": "\r\n',
    "5\r\n",
    "LIST ",
    "\r\n",
    '2\r\n"}\r\n0\r\n\r\n',
    // The body of a request that has its answer before the body is here.
    `DELETE /v1/kv/none ${head}Content-Length: 10\r\n\r\n`,
    "LIST ",
    "LIST ",
    "LI",
    `ST /v1/kv ${head}\r\n`,
    `GET /v1/kv/a ${head}Connection: close\r\n\r\n`,
  ]);

  assert.deepEqual(statusesOf(answers), ["204", "204", "200", "200"]);
  assert.match(answers, /"data":\{"a":"LIST "\}/);
});

test("ends the connection of a client that takes too long to send its request", async () => {
  // Nothing of the host is asked for a request that never ends, but the line in the log.
  const state = { product: products.vault, log: silentLog, mounts: { route: () => undefined } } as unknown as HostState;
  const timing = { headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 20 };
  const server = await listen(state, { host: "127.0.0.1", port: 0 }, timing);

  const [head, body] = await Promise.all([
    talk(server.port, ["GET /v1/a HTTP/1.1\r\nHost:"]),
    talk(server.port, ["POST /v1/a HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{"]),
  ]);

  assert.match(head, /^HTTP\/1\.1 408 /);
  assert.match(body, /^HTTP\/1\.1 408 /);
  await server.close();
});
