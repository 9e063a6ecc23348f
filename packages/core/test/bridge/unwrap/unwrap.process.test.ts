import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { describe, type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { pluginCookie } from "../../../src/bridge/cookie.ts";
import { mountLaunched } from "../../../src/bridge/launched-mount.ts";
import { createProcessLife } from "../../../src/bridge/process-life.ts";
import { HealthDefinition } from "../../../src/gen/grpc/health/v1/health.ts";
import { createHostBroker } from "../../../src/rpc/host-broker.ts";
import { createSelfSigned } from "../../../src/rpc/self-signed.ts";
import { clientOf } from "../../../src/rpc/service.ts";
import type { ClientTls } from "../../../src/rpc/tls.ts";
import { grpcJs } from "../../../src/rpc/transport/grpc-js/grpc-js.ts";
import type { Channel } from "../../../src/rpc/transport/transport.ts";
import { createMemoryStorage } from "../../../src/testing/memory-storage.ts";
import { createRecordedLog } from "../../../src/testing/recorded-log.ts";
import { createTestSystem } from "../../../src/testing/test-system.ts";
import { type Runtime, runtimes, temporaryDirectory } from "../../rpc/fixture.ts";
import { createWrapped, startApi, tokenOf, type Wrapped } from "./fixture.ts";

const plugin = fileURLToPath(new URL("../../fixtures/plugin.ts", import.meta.url));
const wrapped = await createWrapped();
const given = { status: 200, body: { data: wrapped.data } };
const never = { signal: new AbortController().signal };

interface Start {
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

/** Starts the plugin as Vault 1.10 does for a mount, and gives the parts of its handshake line, if there is one. */
async function start(t: TestContext, { file }: Runtime, { env = {}, args = [] }: Start) {
  const variables = {
    PATH: process.env["PATH"],
    TMPDIR: temporaryDirectory(t),
    [pluginCookie.name]: pluginCookie.value,
    PLUGIN_PROTOCOL_VERSIONS: "4,3",
    VAULT_PLUGIN_METADATA_MODE: "false",
    ...env,
  };
  const child = spawn(file, ["--conditions=@vaultwright/source", plugin, ...args], { env: variables });
  const exited = once(child, "exit");
  t.after(async () => {
    child.kill("SIGKILL");
    await exited;
  });
  const stderr = text(child.stderr);
  for await (const line of createInterface(child.stdout)) {
    const [core, version, network, address = "", transport, certificate] = line.split("|");
    return { line: { core, version, network, transport, certificate }, address, exited, stderr };
  }
  return { line: undefined, address: "", exited, stderr };
}

function tlsWith(own: Pick<Wrapped, "certificate" | "key">): ClientTls {
  return { identity: own, trusted: wrapped.certificate, serverName: wrapped.name };
}

function dial(t: TestContext, address: string, tls?: ClientTls): Channel {
  const channel = grpcJs.dial({ address: { network: "unix", address }, ...(tls && { tls }) });
  t.after(() => channel.close());
  return channel;
}

/** Mounts with storage over a brokered connection, writes and reads. */
async function writeAndRead(t: TestContext, address: string, tls: ClientTls | undefined): Promise<unknown> {
  const channel = dial(t, address, tls);
  const broker = createHostBroker({ transport: grpcJs, channel, tls, socketDirectory: temporaryDirectory(t) });
  t.after(() => broker.close());
  const life = createProcessLife(new Promise(() => {}));
  const log = createRecordedLog([]);
  const options = { uuid: "m", config: new Map(), storage: createMemoryStorage(), system: createTestSystem(), log };
  const backend = await mountLaunched({ channel, protocolVersion: 4, life, offer: broker.offer }, options);
  await backend.initialize({}, never);
  await backend.handleRequest({ id: "1", operation: "update", path: "a", data: { value: "kept" } }, never);
  const answer = await backend.handleRequest({ id: "2", operation: "read", path: "a" }, never);
  assert.ok(existsSync(address));
  // Vault 1.10 closes its connection after this and then kills the process, which could not remove its socket any more.
  await backend.cleanup(never);
  assert.ok(!existsSync(address));
  return answer?.data;
}

for (const runtime of runtimes) {
  describe(`the unwrap flow on ${runtime.name}`, { timeout: 30_000 }, () => {
    test("serves a host that has the same certificate, in both directions [W17, W43, W46]", async (t) => {
      const { address: addr, received } = await startApi(t, [given]);
      const env = { VAULT_UNWRAP_TOKEN: tokenOf({ addr }), VAULT_ADDR: "http://127.0.0.1:1", VAULT_TOKEN: "another" };

      const { line, address } = await start(t, runtime, { env });

      assert.deepEqual(line, { core: "1", version: "4", network: "unix", transport: "grpc", certificate: "" });
      assert.equal(received[0]?.headers["x-vault-token"], env.VAULT_UNWRAP_TOKEN);
      assert.deepEqual(await writeAndRead(t, address, tlsWith(wrapped)), { value: "kept" });
    });

    test("refuses a host without a certificate, with another, and one in plain text [W46]", async (t) => {
      const { address: addr } = await startApi(t, [given]);
      const { address } = await start(t, runtime, { env: { VAULT_UNWRAP_TOKEN: tokenOf({ addr }) } });
      const check = (channel: Channel) =>
        clientOf(HealthDefinition, channel).check({ service: "plugin" }, { timeoutMs: 3000 });

      await assert.rejects(check(dial(t, address, tlsWith(createSelfSigned()))));
      await assert.rejects(check(dial(t, address)));
      assert.equal((await check(dial(t, address, tlsWith(wrapped)))).status, 1);
    });

    test("asks a server with TLS, which the flags tell how to verify [W48]", async (t) => {
      const { certificate, key } = createSelfSigned();
      const file = join(temporaryDirectory(t), "ca.pem");
      writeFileSync(file, certificate);
      const { address: addr, received } = await startApi(t, [given], { cert: certificate, key });

      const { address } = await start(t, runtime, {
        env: { BAO_UNWRAP_TOKEN: tokenOf({ addr }), VAULT_UNWRAP_TOKEN: "not this one" },
        args: ["--ca-cert", file, "-tls-server-name=localhost"],
      });

      assert.equal(received.length, 1);
      assert.deepEqual(await writeAndRead(t, address, tlsWith(wrapped)), { value: "kept" });
    });

    test("asks a server that it is told not to verify", async (t) => {
      const { certificate, key } = createSelfSigned();
      const { address: addr } = await startApi(t, [given], { cert: certificate, key });

      const env = { VAULT_UNWRAP_TOKEN: tokenOf({ addr }) };
      const { line } = await start(t, runtime, { env, args: ["-tls-skip-verify"] });

      assert.equal(line?.version, "4");
    });

    test("trusts no server that it does not know", async (t) => {
      const { certificate, key } = createSelfSigned();
      const { address: addr, received } = await startApi(t, [given], { cert: certificate, key });

      const env = { VAULT_UNWRAP_TOKEN: tokenOf({ addr }), VAULT_MAX_RETRIES: "0" };
      const { line, stderr } = await start(t, runtime, { env });

      assert.equal(line, undefined);
      assert.equal(received.length, 0);
      assert.match(await stderr, /cannot reach the server's API at https:.*"code":"tls-provider-failed"/);
    });

    test("ends with the reason, and without the token, when it has no address [W47, W134]", async (t) => {
      const token = tokenOf({ type: "wrapping" });

      const { line, stderr, exited } = await start(t, runtime, { env: { VAULT_UNWRAP_TOKEN: token } });

      assert.equal(line, undefined);
      assert.deepEqual(await exited, [1, null]);
      assert.match(await stderr, /"error":"could not validate addr claim","code":"tls-provider-failed"/);
      assert.ok(!(await stderr).includes(token));
    });

    test("does not ask when AutoMTLS or metadata mode is on [W41, W42]", async (t) => {
      const { address: addr, received } = await startApi(t, [given]);
      const token = { VAULT_UNWRAP_TOKEN: tokenOf({ addr }) };
      const { certificate } = createSelfSigned();
      const auto = { ...token, VAULT_PLUGIN_AUTOMTLS_ENABLED: "true", PLUGIN_CLIENT_CERT: certificate };

      const metadata = await start(t, runtime, { env: { ...token, VAULT_PLUGIN_METADATA_MODE: "true" } });
      const withAutoMtls = await start(t, runtime, { env: auto, args: ["-ca-cert=/nowhere", "-tls-skip-verify"] });

      assert.equal(metadata.line?.certificate, "");
      const { status } = await clientOf(HealthDefinition, dial(t, metadata.address)).check({ service: "plugin" });
      assert.equal(status, 1);
      assert.notEqual(withAutoMtls.line?.certificate, "");
      assert.equal(received.length, 0);
    });
  });
}
