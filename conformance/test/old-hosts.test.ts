import assert from "node:assert/strict";
import { join } from "node:path";
import { afterEach, before, beforeEach, describe, test } from "node:test";
import { Code } from "@connectrpc/connect";
import { type LaunchedPlugin, type LaunchOptions, launch } from "@vaultwright/core/launch";
import { createMemoryStorage, createRecordedLog, createTestSystem } from "@vaultwright/core/testing";
import { binaryDirectory } from "../../scripts/project.ts";
import { hostCertificate, type KeyPair, type WrappedKeyPair, wrappedCertificate } from "../certificates.ts";
import { dial } from "../dial.ts";
import { createConnectClient } from "../hosts/connect-node.ts";
import { startUnwrapApi, type UnwrapApi, unwrapToken } from "../hosts/unwrap-api.ts";
import { cookie, runToEnd, runToHandshake, type Serving } from "../plugin-process.ts";
import { exampleAuth, kv, totp } from "../plugins.ts";
import { verifies } from "../verifies.ts";

const log = createRecordedLog([]);
const never = { signal: new AbortController().signal };
const metadataOnly = "plugin server can not perform action while in metadata mode";

for (const { name } of [kv, totp, exampleAuth]) {
  const file = join(binaryDirectory, name);

  describe(`${name} and hosts before protocol version 5`, () => {
    let host: KeyPair = { cert: "", key: "" };
    let wrapped: WrappedKeyPair;
    let api: UnwrapApi;
    const started: { kill(): Promise<void> }[] = [];
    before(async () => {
      [host, wrapped] = await Promise.all([hostCertificate(), wrappedCertificate()]);
    });
    beforeEach(async () => {
      api = await startUnwrapApi(wrapped.data);
    });
    afterEach(async () => {
      api.close();
      for (const process of started.splice(0)) await process.kill();
    });

    async function start(env: Readonly<Record<string, string>>, args: readonly string[] = []): Promise<Serving> {
      const process = await runToHandshake(file, { ...cookie, ...env }, args);
      started.push(process);
      return process;
    }

    async function startAs(options: Partial<LaunchOptions>): Promise<LaunchedPlugin> {
      const plugin = await launch({ file, log, hostVersion: "1.10.11", ...options });
      started.push(plugin);
      return plugin;
    }

    const mountOptions = () => ({
      uuid: "",
      config: new Map<string, string>(),
      storage: createMemoryStorage(),
      system: createTestSystem(),
      log,
    });
    const token = (): string => unwrapToken({ addr: api.address, type: "wrapping" });

    test("chooses the highest version that both have, or its lowest, and serves on", async () => {
      verifies("W3", "W5", "W6", "W7", "W8", "W9", "W19");
      const offers = { "5": "5", "4,3": "4", "3,4": "4", "3": "3", "": "3", "9": "3" };
      for (const [offered, chosen] of Object.entries(offers)) {
        const { handshake } = await start({ PLUGIN_PROTOCOL_VERSIONS: offered, PLUGIN_CLIENT_CERT: host.cert });

        assert.equal(handshake[1], chosen, offered);
        const { served } = await dial(handshake[3] ?? "", { ...host, rejectUnauthorized: false });
        assert.equal(served, true, offered);
      }
      assert.equal((await start({})).handshake[1], "3");
    });

    test("passes over a version that is no number, and says so", async () => {
      verifies("W10");
      const plugin = await start({ PLUGIN_PROTOCOL_VERSIONS: "x,5" });

      await plugin.kill();

      assert.equal(plugin.handshake[1], "5");
      assert.match(await plugin.stderr, /^server sent invalid plugin version "x"$/m);
    });

    test("serves versions 3, 4 and 5, with the same type and special paths", async () => {
      verifies("W11", "W68", "W69", "W70");
      const described = [];
      for (const version of [3, 4, 5]) {
        const plugin = await startAs({ versions: [version] });
        assert.equal(plugin.protocolVersion, version);
        assert.equal(plugin.isMultiplexed, version === 5);
        const backend = await plugin.mount(mountOptions());
        described.push({ type: backend.type, specialPaths: backend.specialPaths });
        assert.match(await backend.version(), /^v\d+\.\d+\.\d+$/);
      }

      assert.deepEqual(described[1], described[0]);
      assert.deepEqual(described[2], described[0]);
    });

    test("has no service for many mounts and does not look at their ids before version 5", async () => {
      verifies("W71", "W75");
      for (const version of ["3", "4"]) {
        const { handshake } = await start({ PLUGIN_PROTOCOL_VERSIONS: version });
        const { unary } = createConnectClient({ socket: handshake[3] ?? "" });
        const multiplexing = unary("pluginutil.multiplexing.PluginMultiplexing", "MultiplexingSupport");
        await assert.rejects(multiplexing, { code: Code.Unimplemented });

        // Any id is as good as none: what is missing is the only mount, and not the id.
        const missing = { code: Code.Unknown, rawMessage: "no backend instance found" };
        for (const headers of [{}, { multiplex_id: "" }, { multiplex_id: "a" }]) {
          await assert.rejects(unary("pb.Backend", "Type", {}, headers), missing);
        }
      }
    });

    test("prints its line within a minute in every mode", async () => {
      verifies("W20");
      const autoMtls = { PLUGIN_CLIENT_CERT: host.cert, VAULT_PLUGIN_AUTOMTLS_ENABLED: "true" };
      const modes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
        "plain text": {},
        AutoMTLS: { ...autoMtls, PLUGIN_PROTOCOL_VERSIONS: "5" },
        "one connection": { ...autoMtls, PLUGIN_PROTOCOL_VERSIONS: "5", PLUGIN_MULTIPLEX_GRPC: "true" },
        metadata: { VAULT_PLUGIN_METADATA_MODE: "true", PLUGIN_PROTOCOL_VERSIONS: "4,3" },
        "unwrap token": { VAULT_UNWRAP_TOKEN: token(), PLUGIN_PROTOCOL_VERSIONS: "4,3" },
      };
      for (const [mode, env] of Object.entries(modes)) {
        const begin = performance.now();

        await start(env);

        assert.ok(performance.now() - begin < 60_000, mode);
      }
    });

    test("describes itself in plain text, as its serving process does, and does nothing else", async () => {
      verifies("W41", "W83", "W84");
      const describing = await startAs({ versions: [4, 3], metadataMode: true });
      const serving = await startAs({ versions: [4] });

      const backend = await describing.mount(mountOptions());
      const { type, specialPaths } = await serving.mount(mountOptions());

      assert.deepEqual([backend.type, backend.specialPaths], [type, specialPaths]);
      assert.match(await backend.version(), /^v\d+\.\d+\.\d+$/);
      const refused = { message: new RegExp(metadataOnly) };
      const request = { id: "1", operation: "read", path: "a" } as const;
      await assert.rejects(backend.initialize({}, never), refused);
      await assert.rejects(backend.handleRequest(request, never), refused);
      await assert.rejects(async () => backend.checkExistence(request, never), refused);
      await assert.rejects(backend.invalidate("a", never), refused);
      await backend.cleanup(never);
    });

    test("gets its certificate from the address in the token, with that token only", async () => {
      verifies("W12", "W17", "W43", "W44");
      const env = { VAULT_ADDR: "http://127.0.0.1:1", VAULT_TOKEN: "another", VAULT_UNWRAP_TOKEN: token() };

      const { handshake } = await start({ PLUGIN_PROTOCOL_VERSIONS: "3,4", ...env });

      assert.deepEqual([handshake[1], handshake.length, handshake[5]], ["4", 6, ""]);
      const [request, ...more] = api.received;
      assert.deepEqual(more, []);
      assert.equal(`${request?.method} ${request?.url}`, "PUT /v1/sys/wrapping/unwrap");
      assert.equal(request?.headers["x-vault-token"], env.VAULT_UNWRAP_TOKEN);
      assert.equal(request?.headers["x-vault-request"], "true");
      assert.equal(request?.headers.authorization, undefined);
      assert.equal(request?.body, "null");
    });

    test("shows that certificate, and lets nobody in who has another one", async () => {
      verifies("W45", "W46");
      const { handshake } = await start({ VAULT_UNWRAP_TOKEN: token() });
      const path = handshake[3] ?? "";
      const expected = { ca: wrapped.cert, servername: wrapped.name };

      for (const maxVersion of ["TLSv1.2", "TLSv1.3"] as const) {
        const { cert, key } = wrapped;
        assert.equal((await dial(path, { ...expected, cert, key, maxVersion })).served, true);
        assert.equal((await dial(path, { ...expected, maxVersion })).served, false);
        assert.equal((await dial(path, { ...expected, ...host, maxVersion })).served, false);
      }
    });

    test("does not ask for it when the host has AutoMTLS, whatever the flags say", async () => {
      verifies("W42", "W48");
      const env = {
        PLUGIN_PROTOCOL_VERSIONS: "5",
        PLUGIN_CLIENT_CERT: host.cert,
        VAULT_PLUGIN_AUTOMTLS_ENABLED: "true",
        VAULT_UNWRAP_TOKEN: token(),
      };
      for (const dashes of ["-", "--"]) {
        const flags = ["ca-cert=/a", "ca-path=/b", "client-cert=/c", "client-key=/d", "tls-server-name=e"];
        const args = [...flags, "tls-skip-verify=true", "tls-skip-verify"].map((flag) => `${dashes}${flag}`);

        const { handshake } = await start(env, args);

        assert.ok((handshake[5] ?? "").length > 50);
        assert.equal((await dial(handshake[3] ?? "", { ...host, rejectUnauthorized: false })).served, true);
      }
      assert.deepEqual(api.received, []);
    });

    test("reads the flags for the server's API in Go's notation", async () => {
      verifies("W48");
      const missing = "/no/such/file";
      const pair = ["--client-cert", missing, "--client-key", missing];
      const unusable = [
        [`-ca-cert=${missing}`],
        [`--ca-cert=${missing}`],
        ["-ca-path", missing],
        ["--ca-path", missing],
        [`-client-cert=${missing}`, `-client-key=${missing}`],
        ["-tls-skip-verify", "--tls-skip-verify=true", "--tls-server-name=a", "-tls-server-name", "a", ...pair],
      ];
      for (const args of unusable) {
        const { code, stderr } = await runToEnd(file, { ...cookie, VAULT_UNWRAP_TOKEN: token() }, args);

        assert.equal(code, 1);
        assert.match(stderr, /no such file or directory.*\/no\/such\/file/, args.join(" "));
      }
      assert.deepEqual(api.received, []);
    });

    test("is set up by a host that has nothing for it yet, with no options and no id", async () => {
      verifies("W79");
      for (const options of [{ versions: [5] }, { versions: [4, 3], metadataMode: true }]) {
        const plugin = await startAs(options);

        const backend = await plugin.mount({ uuid: "", config: new Map(), log });

        assert.match(await backend.version(), /^v\d+\.\d+\.\d+$/);
        await backend.cleanup(never);
      }
    });

    test("takes a variable for set only when it says true", async () => {
      verifies("W30");
      for (const text of ["TRUE", "True", "1", "t", "yes", ""]) {
        const before = api.received.length;
        const modes = { VAULT_PLUGIN_METADATA_MODE: text, VAULT_PLUGIN_AUTOMTLS_ENABLED: text };

        await start({ ...modes, VAULT_UNWRAP_TOKEN: token() });

        assert.equal(api.received.length, before + 1, text);
      }
    });

    test("reads OpenBao's name of a variable before Vault's, even when it is empty", async () => {
      verifies("W31");
      await start({ BAO_UNWRAP_TOKEN: "", VAULT_UNWRAP_TOKEN: token() });
      assert.equal(api.received.length, 0);
      await start({ BAO_UNWRAP_TOKEN: token(), VAULT_UNWRAP_TOKEN: "not a token" });
      assert.equal(api.received.length, 1);
      await start({ BAO_PLUGIN_METADATA_MODE: "", VAULT_PLUGIN_METADATA_MODE: "true", VAULT_UNWRAP_TOKEN: token() });
      assert.equal(api.received.length, 2);
    });

    test("ends with the reason, without a handshake line, when the token has no address", async () => {
      verifies("W47");
      const reasons = [
        [{}, "could not validate addr claim"],
        [{ addr: 8200 }, "could not parse addr claim"],
        [{ addr: "" }, "no vault api_addr found"],
      ] as const;
      for (const [claims, reason] of reasons) {
        const unusable = unwrapToken({ type: "wrapping", ...claims });

        const { code, stdout, stderr } = await runToEnd(file, { ...cookie, VAULT_UNWRAP_TOKEN: unusable });

        assert.equal(code, 1);
        assert.equal(stdout, "");
        assert.ok(stderr.includes(`"error":"${reason}"`), stderr);
        assert.ok(!stderr.includes(unusable));
      }
    });
  });
}
