import assert from "node:assert/strict";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { connect, type IncomingHttpHeaders } from "node:http2";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectTls } from "node:tls";
import type { JsonValue } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { binaryDirectory } from "../../scripts/project.ts";
import { hostCertificate } from "../certificates.ts";
import { type ConnectHost, startConnectHost } from "../hosts/connect-host.ts";
import { type ConnectClient, createConnectClient } from "../hosts/connect-node.ts";
import { kv } from "../plugins.ts";
import { eventually } from "../processes.ts";
import { verifies } from "../verifies.ts";

const backend = "pb.Backend";
const multiplexing = "pluginutil.multiplexing.PluginMultiplexing";

describe("a host made of connect-node", () => {
  let host: ConnectHost;
  let client: ConnectClient;
  const mount = { multiplex_id: "one" };

  before(async () => {
    host = await startConnectHost(join(binaryDirectory, kv.name));
    client = host.client;
  });
  after(() => host.stop());

  test("finds the plugin healthy, and no other service", async () => {
    verifies("W49", "W50");
    assert.deepEqual(await client.unary("grpc.health.v1.Health", "Check", { service: "plugin" }), {
      status: "SERVING",
    });
    await refused(client.unary("grpc.health.v1.Health", "Check", { service: "other" }), Code.NotFound);
  });

  test("is told that mounts share the process, without naming one", async () => {
    verifies("W71");
    assert.deepEqual(await client.unary(multiplexing, "MultiplexingSupport"), { supported: true });
  });

  test("must name the mount", async () => {
    verifies("W72", "W73");
    await refused(client.unary(backend, "Setup"), Code.Unknown, "no multiplexing ID found");
    await refused(
      client.unary(backend, "Setup", {}, { multiplex_id: "" }),
      Code.Unknown,
      "empty multiplex ID in metadata",
    );
    assert.equal(await refusalOfIds(host, ["a", "b"]), "unexpected number of IDs in metadata: (2)");
  });

  test("gets no answer for a mount that is not set up, and the plugin serves on", async () => {
    verifies("W87");
    await refused(
      client.unary(backend, "Cleanup", {}, { multiplex_id: "none" }),
      Code.Unknown,
      "no backend instance found",
    );
    assert.deepEqual(await client.unary(multiplexing, "MultiplexingSupport"), { supported: true });
  });

  test("sets up a mount whose storage it announced before, and uses it", async () => {
    verifies("W52", "W53", "W67", "W85");
    const brokerId = host.offerStorage();
    // The announcement is sent at once; a round trip later it is there.
    await client.unary("grpc.health.v1.Health", "Check", { service: "plugin" });
    assert.deepEqual(await client.unary(backend, "Setup", { brokerId, backendUuid: "uuid" }, mount), {});
    assert.deepEqual(await client.unary(backend, "Type", {}, mount), { type: 1 });
    await client.unary(backend, "SpecialPaths", {}, mount);
    assert.deepEqual(await client.unary(backend, "Initialize", {}, mount), {});
    assert.deepEqual(await client.unary(backend, "Initialize", { mountPoint: "kv/", backendUuid: "uuid" }, mount), {});

    await request({ operation: "create", path: "a", data: '{"value":"b"}' });
    const read = await request({ operation: "read", path: "a", data: "null" });
    const missing = await request({ operation: "read", path: "none", data: "null" });

    assert.match(JSON.stringify(read), /\\"value\\":\\"b\\"/);
    assert.deepEqual(missing, {});
    assert.deepEqual([...host.storage.stored.keys()], ["a"]);
    const existence = { request: { operation: "create", path: "a", data: "null" } };
    assert.deepEqual(await client.unary(backend, "HandleExistenceCheck", existence, mount), {
      checkFound: true,
      exists: true,
    });
    assert.deepEqual(await client.unary(backend, "InvalidateKey", { key: "a" }, mount), {});
    assert.deepEqual(await client.unary(backend, "Cleanup", {}, mount), {});
  });

  test("is told the version with and without a mount, whatever became of that", async () => {
    verifies("W69", "W70");
    for (const headers of [{}, mount, { multiplex_id: "never set up" }, { multiplex_id: "" }]) {
      const { pluginVersion } = Object(await client.unary("logical.PluginVersion", "Version", {}, headers));

      assert.match(pluginVersion, /^v\d+\.\d+\.\d+$/);
    }
  });

  test("may break its connection for storage, and the plugin connects again", async () => {
    verifies("W126");
    const id = { multiplex_id: "broken" };
    await client.unary(backend, "Setup", { brokerId: host.offerStorage() }, id);
    const write = (path: string) =>
      client.unary(backend, "HandleRequest", { request: { operation: "create", path, data: '{"a":1}' } }, id);
    await write("before");

    host.storage.breakConnections();
    await eventually("a request that reaches the storage again", async () => {
      await write("after");
      return host.storage.stored.has("after");
    });

    await client.unary(backend, "Cleanup", {}, id);
  });

  test("may announce the storage some seconds after it asked for the mount", async () => {
    verifies("W54");
    const id = { multiplex_id: "late" };
    const brokerId = host.nextOffer();
    const setup = client.unary(backend, "Setup", { brokerId }, id);

    await sleep(3_500);
    host.offerStorage();

    assert.deepEqual(await setup, {});
    await client.unary(backend, "Cleanup", {}, id);
  });

  test("cannot set up a mount whose storage it never announces", async () => {
    verifies("W55");
    const begin = performance.now();
    const setup = client.unary(backend, "Setup", { brokerId: 99_999 }, { multiplex_id: "two" });

    await refused(setup, Code.Unknown, "timeout waiting for connection info");
    assert.ok(performance.now() - begin > 4_900);
  });

  test("sees the connection of a mount end with the mount", { skip: process.platform !== "linux" }, async () => {
    verifies("W78");
    const sockets = (): number => readdirSync(`/proc/${host.pid}/fd`).length;
    const before = sockets();

    for (let cycle = 0; cycle < 10; cycle += 1) {
      const id = { multiplex_id: `cycle-${cycle}` };
      await client.unary(backend, "Setup", { brokerId: host.offerStorage() }, id);
      await client.unary(backend, "Cleanup", {}, id);
    }

    await eventually("the close of the connections", () => sockets() <= before + 2, 2_000);
  });

  test("is refused without a certificate, with a foreign one, and in plain text", async () => {
    const { socket, ca } = host;
    for (const address of [{ socket, ca }, { socket, ca, identity: await hostCertificate() }, { socket }]) {
      await assert.rejects(createConnectClient(address).unary(multiplexing, "MultiplexingSupport"), ConnectError);
    }
  });

  async function request(message: { [name: string]: JsonValue }): Promise<JsonValue> {
    return client.unary(backend, "HandleRequest", { request: { id: "id", ...message } }, mount);
  }
});

async function refused(call: Promise<unknown>, code: Code, text = ""): Promise<void> {
  await assert.rejects(call, (error) => {
    assert.ok(error instanceof ConnectError, String(error));
    assert.equal(error.code, code, error.message);
    assert.ok(error.message.includes(text), error.message);
    return true;
  });
}

/** Calls with several values of one header, which connect would join into one. */
async function refusalOfIds({ socket, identity, ca }: ConnectHost, ids: string[]): Promise<string> {
  const session = connect("https://localhost", {
    createConnection: () =>
      connectTls({ path: socket, servername: "localhost", ALPNProtocols: ["h2"], ca, ...identity }),
  });
  const stream = session.request({
    ":method": "POST",
    ":path": "/pb.Backend/Setup",
    "content-type": "application/grpc",
    te: "trailers",
    multiplex_id: ids,
  });
  let refusal = "";
  const note = (headers: IncomingHttpHeaders): void => {
    refusal ||= decodeURIComponent(String(headers["grpc-message"] ?? ""));
  };
  stream.on("response", note).on("trailers", note).resume().end(Buffer.alloc(5));
  await once(stream, "close");
  session.close();
  return refusal;
}
