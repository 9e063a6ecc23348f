import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, describe, type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  type LaunchedBackend,
  type LaunchedPlugin,
  type LaunchOptions,
  launch,
  type Operation,
  type Storage,
} from "../src/launch.ts";
import { createMemoryStorage } from "../src/testing/memory-storage.ts";
import { createRecordedLog, type LogLine } from "../src/testing/recorded-log.ts";
import { createTestSystem } from "../src/testing/test-system.ts";
import { runtimes } from "./rpc/fixture.ts";

const fixture = fileURLToPath(new URL("fixtures/plugin.ts", import.meta.url));
const args = ["--conditions=@vaultwright/source", fixture];

const never = new AbortController().signal;
const call = { signal: never };

function request(operation: Operation, path: string, data?: Record<string, unknown>) {
  return { id: `request-${path}`, operation, path, ...(data && { data }) };
}

for (const { name, file } of runtimes) {
  describe(`a plugin on ${name}`, () => {
    const lines: LogLine[] = [];
    const log = createRecordedLog(lines);
    const options: LaunchOptions = { file, args, log, hostVersion: "1.21.4" };
    let plugin: LaunchedPlugin;

    async function mount(uuid: string, storage: Storage = createMemoryStorage()): Promise<LaunchedBackend> {
      const system = createTestSystem({ maxLeaseTtl: 7200 });
      const backend = await plugin.mount({ uuid, config: new Map(), storage, system, log });
      await backend.initialize({}, call);
      return backend;
    }

    /** Launches a further process; the end of the test kills it. */
    async function launchAnother(t: TestContext, others: Partial<LaunchOptions> = {}): Promise<LaunchedPlugin> {
      const another = await launch({ ...options, ...others });
      t.after(() => another.kill());
      return another;
    }

    before(async () => {
      plugin = await launch(options);
    });
    after(() => plugin.kill());

    test("speaks version 5 and serves several mounts", () => {
      assert.equal(plugin.protocolVersion, 5);
      assert.equal(plugin.isMultiplexed, true);
    });

    test("tells its type, special paths and version", async () => {
      const backend = await mount("described");

      assert.equal(backend.type, "secret");
      assert.deepEqual(backend.specialPaths, { root: ["config"] });
      assert.equal(await backend.version(), "v1.2.3");
    });

    test("keeps two mounts in one process apart", async () => {
      const first = await mount("first");
      const second = await mount("second");

      await first.handleRequest(request("update", "a", { value: "one" }), call);
      await second.handleRequest(request("update", "b", { value: "two" }), call);

      const answer = (await first.handleRequest(request("read", "mount"), call))?.data;
      const other = (await second.handleRequest(request("read", "mount"), call))?.data;
      assert.deepEqual(
        [answer, other],
        [
          { uuid: "first", count: 2, pid: plugin.pid },
          { uuid: "second", count: 2, pid: plugin.pid },
        ],
      );
      assert.deepEqual((await first.handleRequest(request("read", "a"), call))?.data, { value: "one" });
      assert.equal(await first.handleRequest(request("read", "b"), call), undefined);
      assert.equal(await second.checkExistence(request("update", "b"), call), true);
      assert.equal(await second.checkExistence(request("update", "a"), call), false);
    });

    test("carries a value of 8 MiB in a request, to the storage and back", async () => {
      const storage = createMemoryStorage();
      const backend = await mount("big", storage);
      const value = "x".repeat(8 * 1024 * 1024);

      await backend.handleRequest(request("update", "big", { value }), call);
      const response = await backend.handleRequest(request("read", "big"), call);

      assert.equal((await storage.get("big"))?.value.length, value.length);
      assert.equal(response?.data?.["value"] === value, true);
    });

    test("changes no integer and no key of what it gives back", async () => {
      const backend = await mount("echo");
      const data = { big: 12_345_678_901_234_567_890n, small: 1, nested: JSON.parse('{"__proto__":{"a":[1.5]}}') };

      const response = await backend.handleRequest(request("read", "echo", data), call);

      assert.deepEqual(response?.data, data);
    });

    test("asks the host's system view", async () => {
      const backend = await mount("system");

      assert.deepEqual((await backend.handleRequest(request("read", "ttl"), call))?.data, { ttl: 7200 });
    });

    test("knows its host's product and version", async () => {
      const asked = async (launched: LaunchedPlugin) => {
        const backend = await launched.mount({ uuid: "host", config: new Map(), log });
        return (await backend.handleRequest(request("read", "host"), call))?.data;
      };
      const openbao = await launch({ ...options, hostKind: "openbao", hostVersion: "2.5.5" });
      try {
        assert.deepEqual(await asked(plugin), { kind: "vault", version: "1.21.4" });
        assert.deepEqual(await asked(openbao), { kind: "openbao", version: "2.5.5" });
      } finally {
        await openbao.kill();
      }
    });

    test("ends the storage calls of a request that is cancelled", async () => {
      const atHost = Promise.withResolvers<AbortSignal | undefined>();
      const storage: Storage = {
        ...createMemoryStorage(),
        get(_, options) {
          atHost.resolve(options?.signal);
          return new Promise(() => {});
        },
      };
      const backend = await mount("slow", storage);
      const controller = new AbortController();

      const answer = backend.handleRequest(request("read", "aborted"), { signal: controller.signal });
      const signal = await atHost.promise;
      const ended = new Promise((resolve) => signal?.addEventListener("abort", resolve));
      controller.abort();

      await assert.rejects(answer, { name: "AbortError" });
      await ended;
    });

    test("hides what a handler throws, logs it, and lives on", async () => {
      const backend = await mount("throwing");

      await assert.rejects(backend.handleRequest(request("read", "throw"), call), {
        kind: "internal",
        message: "internal error (request request-throw)",
      });
      await assert.rejects(backend.handleRequest(request("read", "mistake"), call), {
        kind: "user",
        message: "unknown key: x",
      });

      assert.deepEqual((await backend.handleRequest(request("read", "ttl"), call))?.data, { ttl: 7200 });
      const line = lines.find(({ message }) => message === "request failed");
      assert.equal(line?.level, "error");
      assert.equal(line?.fields["mount_uuid"], "throwing");
      assert.match(String(line?.fields["stack"]), /inner detail/);
    });

    test("tells why it cannot be mounted, and can be mounted otherwise [W80]", async () => {
      const bad = plugin.mount({ uuid: "bad", config: new Map([["fail", "yes"]]), log });

      await assert.rejects(bad, { message: "option fail is set" });
      await mount("good");
    });

    test("can be asked for its version without storage and system view", async () => {
      const probed = await plugin.mount({ uuid: "", config: new Map(), log });

      assert.equal(await probed.version(), "v1.2.3");
      await probed.cleanup(call);
    });

    test("forgets a mount at its cleanup and goes on with the others", async () => {
      const [ended, other] = [await mount("ended"), await mount("other")];

      await ended.cleanup(call);

      await assert.rejects(ended.handleRequest(request("read", "mount"), call), {
        message: "rpc error: code = Unknown desc = no backend instance found",
      });
      assert.ok(await other.handleRequest(request("read", "mount"), call));
    });

    test("that is killed ends the calls under way, and no further one is made", async (t) => {
      const killed = await launchAnother(t);
      const backend = await killed.mount({ uuid: "u", config: new Map(), storage: createMemoryStorage(), log });
      const pending = backend.handleRequest(request("read", "forever"), call);
      pending.catch(() => {});
      await backend.handleRequest(request("read", "mount"), call);

      process.kill(killed.pid, "SIGKILL");

      await assert.rejects(pending, { name: "PluginGone", message: "plugin is shut down" });
      assert.deepEqual(await killed.exited, { code: null, signal: "SIGKILL" });
      await assert.rejects(backend.handleRequest(request("read", "mount"), call), { name: "PluginGone" });
      await backend.cleanup(call);
    });

    test("without multiplexing has one mount a process", async (t) => {
      const single = await launchAnother(t, { multiplex: false });
      await single.mount({ uuid: "one", config: new Map(), log });

      await assert.rejects(single.mount({ uuid: "two", config: new Map(), log }), /serves one only/);

      assert.equal(single.isMultiplexed, false);
      await single.kill();
      assert.deepEqual(await single.exited, { code: 0, signal: null });
    });

    test("of version 4 serves one mount and does not ask which", async (t) => {
      const old = await launchAnother(t, { versions: [3, 4] });
      const backend = await old.mount({ uuid: "old", config: new Map(), storage: createMemoryStorage(), log });

      assert.equal(old.protocolVersion, 4);
      assert.equal(old.isMultiplexed, false);
      assert.ok(await backend.handleRequest(request("read", "mount"), call));
    });

    test("that only describes itself does so in plain text and refuses work", async (t) => {
      const described = await launchAnother(t, { versions: [3, 4], metadataMode: true });
      const backend = await described.mount({ uuid: "", config: new Map(), log });

      assert.equal(backend.type, "secret");
      assert.deepEqual(backend.specialPaths, { root: ["config"] });
      assert.equal(await backend.version(), "v1.2.3");
      await assert.rejects(backend.handleRequest(request("read", "mount"), call), {
        message: "rpc error: code = Unknown desc = plugin server can not perform action while in metadata mode",
      });
    });

    test("prints its version when it is asked by hand", async () => {
      for (const flag of ["--version", "-version"]) {
        const { stdout, stderr } = await promisify(execFile)(file, [...args, flag]);

        assert.deepEqual({ stdout, stderr }, { stdout: "v1.2.3\n", stderr: "" });
      }
    });
  });
}

test("a file that is no plugin cannot be launched", async () => {
  const log = createRecordedLog([]);

  const launching = launch({ file: process.execPath, args: ["--version"], log, hostVersion: "1.21.4" });

  await assert.rejects(launching, { name: "PluginError" });
});
