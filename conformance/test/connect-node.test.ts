import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { JsonValue } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { binaryDirectory } from "../../scripts/project.ts";
import { handshakeCertificate, hostCertificate, type KeyPair } from "../certificates.ts";
import { type ConnectClient, createConnectClient } from "../hosts/connect-node.ts";
import { type StorageServer, serveStorage } from "../hosts/connect-storage.ts";
import { cookie, runToHandshake, type Serving } from "../plugin-process.ts";
import { kv } from "../plugins.ts";
import { verifies } from "../verifies.ts";

const file = join(binaryDirectory, kv.name);
const backend = "pb.Backend";
const multiplexing = "pluginutil.multiplexing.PluginMultiplexing";

describe("a host made of connect-node", () => {
  const closed = new AbortController();
  let sockets = "";
  let identity: KeyPair;
  let plugin: Serving;
  let client: ConnectClient;
  let storage: StorageServer;
  let ca = "";
  const socketOf = ({ handshake }: Serving): string => handshake[3] ?? "";
  const mount = { multiplex_id: "one" };

  before(async () => {
    sockets = mkdtempSync(join(tmpdir(), "vw-"));
    identity = await hostCertificate();
    plugin = await runToHandshake(file, {
      ...cookie,
      PLUGIN_PROTOCOL_VERSIONS: "5",
      PLUGIN_CLIENT_CERT: identity.cert,
      PLUGIN_UNIX_SOCKET_DIR: sockets,
      VAULT_PLUGIN_AUTOMTLS_ENABLED: "true",
      VAULT_PLUGIN_METADATA_MODE: "false",
    });
    ca = handshakeCertificate(plugin.handshake[5] ?? "");
    client = createConnectClient({ socket: socketOf(plugin), identity, ca });
    const socket = join(sockets, "host");
    storage = await serveStorage(socket, identity, ca);
    void announce(client, { serviceId: 7, network: "unix", address: socket }, closed.signal);
  });
  after(async () => {
    closed.abort();
    storage.close();
    await plugin.kill();
    rmSync(sockets, { recursive: true, force: true });
  });

  test("finds the plugin healthy, and no other service", async () => {
    verifies("W49", "W50");
    assert.deepEqual(await client.unary("grpc.health.v1.Health", "Check", { service: "plugin" }), {
      status: "SERVING",
    });
    await refused(client.unary("grpc.health.v1.Health", "Check", { service: "other" }), Code.NotFound);
  });

  test("is told that mounts share the process, without naming one", async () => {
    assert.deepEqual(await client.unary(multiplexing, "MultiplexingSupport"), { supported: true });
  });

  test("must name the mount", async () => {
    verifies("W72");
    await refused(client.unary(backend, "Setup"), Code.Unknown, "no multiplexing ID found");
    await refused(
      client.unary(backend, "Setup", {}, { multiplex_id: "" }),
      Code.Unknown,
      "empty multiplex ID in metadata",
    );
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
    verifies("W53", "W67", "W85");
    assert.deepEqual(await client.unary(backend, "Setup", { brokerId: 7, backendUuid: "uuid" }, mount), {});
    assert.deepEqual(await client.unary(backend, "Type", {}, mount), { type: 1 });
    await client.unary(backend, "SpecialPaths", {}, mount);
    assert.deepEqual(await client.unary(backend, "Initialize", {}, mount), {});
    assert.deepEqual(await client.unary(backend, "Initialize", { mountPoint: "kv/", backendUuid: "uuid" }, mount), {});

    await request({ operation: "create", path: "a", data: '{"value":"b"}' });
    const read = await request({ operation: "read", path: "a", data: "null" });
    const missing = await request({ operation: "read", path: "none", data: "null" });

    assert.match(JSON.stringify(read), /\\"value\\":\\"b\\"/);
    assert.deepEqual(missing, {});
    assert.deepEqual([...storage.stored.keys()], ["a"]);
    const existence = { request: { operation: "create", path: "a", data: "null" } };
    assert.deepEqual(await client.unary(backend, "HandleExistenceCheck", existence, mount), {
      checkFound: true,
      exists: true,
    });
    assert.deepEqual(await client.unary(backend, "InvalidateKey", { key: "a" }, mount), {});
    assert.deepEqual(await client.unary(backend, "Cleanup", {}, mount), {});
  });

  test("cannot set up a mount whose storage it never announces", async () => {
    verifies("W55");
    const setup = client.unary(backend, "Setup", { brokerId: 99 }, { multiplex_id: "two" });

    await refused(setup, Code.Unknown, "timeout waiting for connection info");
  });

  test("is refused without a certificate, with a foreign one, and in plain text", async () => {
    const socket = socketOf(plugin);
    for (const address of [{ socket, ca }, { socket, ca, identity: await hostCertificate() }, { socket }]) {
      await assert.rejects(createConnectClient(address).unary(multiplexing, "MultiplexingSupport"), ConnectError);
    }
  });

  async function request(message: { [name: string]: JsonValue }): Promise<JsonValue> {
    return client.unary(backend, "HandleRequest", { request: { id: "id", ...message } }, mount);
  }
});

async function announce(client: ConnectClient, info: JsonValue, signal: AbortSignal): Promise<void> {
  const messages = (async function* () {
    yield info;
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  })();
  try {
    for await (const _ of client.stream("plugin.GRPCBroker", "StartStream", messages, signal));
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function refused(call: Promise<unknown>, code: Code, text = ""): Promise<void> {
  await assert.rejects(call, (error) => {
    assert.ok(error instanceof ConnectError, String(error));
    assert.equal(error.code, code, error.message);
    assert.ok(error.message.includes(text), error.message);
    return true;
  });
}
