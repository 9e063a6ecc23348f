import assert from "node:assert/strict";
import { once } from "node:events";
import { createConnection } from "node:net";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import {
  HealthCheckResponse_ServingStatus,
  HealthDefinition,
} from "../../packages/core/src/gen/grpc/health/v1/health.ts";
import { BackendDefinition } from "../../packages/core/src/gen/pb/backend.ts";
import { clientOf } from "../../packages/core/src/rpc/service.ts";
import { syn } from "../../packages/core/src/rpc/yamux/frame.ts";
import { binaryDirectory } from "../../scripts/project.ts";
import { handshakeCertificate, hostCertificate } from "../certificates.ts";
import { dial } from "../dial.ts";
import { type OneConnectionHost, startOneConnectionHost } from "../hosts/one-connection.ts";
import { cookie, runToHandshake } from "../plugin-process.ts";
import { kv } from "../plugins.ts";
import { eventually } from "../processes.ts";
import { verifies } from "../verifies.ts";

const file = join(binaryDirectory, kv.name);

describe("a host that has one connection for everything", { timeout: 60_000 }, () => {
  let host: OneConnectionHost;
  before(async () => {
    host = await startOneConnectionHost(file);
  });
  after(() => host.stop());

  const knock = (serviceId: number) => ({
    serviceId,
    network: "",
    address: "",
    knock: { knock: true, ack: false, error: "" },
  });
  const streamsOfPlugin = () => host.frames.filter(({ flags, streamId }) => flags & syn && streamId % 2 === 0);
  const setUp = (brokerId: number) => {
    const metadata = new Map([["multiplex_id", [`mount ${brokerId}`]]]);
    const args = { brokerId, config: new Map(), backendUuid: `mount ${brokerId}` };
    return clientOf(BackendDefinition, host.channel).setup(args, { metadata });
  };

  test("is told so by a seventh field", () => {
    verifies("W13");
    assert.deepEqual(host.plugin.handshake.slice(6), ["true"]);
  });

  test("calls the main server in a stream that it opens unannounced, with TLS inside", async () => {
    verifies("W60", "W61", "W66");
    const { status } = await clientOf(HealthDefinition, host.channel).check({ service: "plugin" });

    assert.equal(status, HealthCheckResponse_ServingStatus.SERVING);
  });

  test("reaches the main server by a later stream as well", async () => {
    verifies("W66");
    const later = host.connect();
    const { status } = await clientOf(HealthDefinition, later).check({ service: "plugin" });
    await later.close();

    assert.equal(status, HealthCheckResponse_ServingStatus.SERVING);
  });

  test("has its pings answered with their value", async () => {
    verifies("W65");
    await host.session.ping();

    assert.equal(
      host.frames.filter(({ type, flags, length }) => type === "ping" && flags === 2 && length === 1).length,
      1,
    );
  });

  test("gets no second connection", async () => {
    verifies("W60");
    const second = createConnection({ path: host.plugin.handshake[3] ?? "" });

    await once(second, "close");
  });

  test("is knocked at by one mount at a time, and again after it refused", async () => {
    verifies("W62", "W63", "W64");
    const mounts = [setUp(7), setUp(8)].map((call) => call.catch(() => {}));
    await eventually("the first knock", () => host.said.length === 1);
    await sleep(100);
    const first = host.said[0]?.serviceId ?? 0;
    const other = first === 7 ? 8 : 7;
    assert.deepEqual(host.said, [knock(first)]);
    assert.deepEqual(streamsOfPlugin(), []);

    host.say(first, { ack: true, error: `no listener for id ${first}` });
    await eventually("the other knock", () => host.said.length === 2);
    assert.deepEqual(host.said[1], knock(other));
    assert.deepEqual(streamsOfPlugin(), []);

    host.say(other, { ack: true, error: "" });
    await eventually("the plugin's stream", () => streamsOfPlugin().length === 1);
    assert.deepEqual(streamsOfPlugin(), [{ type: "window-update", flags: syn, streamId: 2, length: 0 }]);
    await eventually("the refused knock's repetition", () => host.said.length === 3);
    assert.deepEqual(host.said[2], knock(first));
    await host.stop();
    await Promise.all(mounts);
  });
});

test("a host that says false gets seven fields and a listener like any other", async (t) => {
  verifies("W14");
  const host = await hostCertificate();
  const plugin = await runToHandshake(file, {
    ...cookie,
    PLUGIN_PROTOCOL_VERSIONS: "5",
    PLUGIN_CLIENT_CERT: host.cert,
    PLUGIN_MULTIPLEX_GRPC: "false",
    VAULT_PLUGIN_AUTOMTLS_ENABLED: "true",
    VAULT_PLUGIN_METADATA_MODE: "false",
  });
  t.after(() => plugin.kill("SIGTERM"));
  const [, , , socket = "", , certificate = "", ...more] = plugin.handshake;

  const dialled = await dial(socket, { ...host, ca: handshakeCertificate(certificate) });

  assert.deepEqual(more, ["true"]);
  assert.equal(dialled.served, true);
});
