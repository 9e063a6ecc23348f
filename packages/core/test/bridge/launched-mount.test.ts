import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { LaunchedBackend } from "../../src/bridge/launched-backend.ts";
import { type MountOptions, mountLaunched } from "../../src/bridge/launched-mount.ts";
import { createProcessLife } from "../../src/bridge/process-life.ts";
import { createVersionService } from "../../src/bridge/version-service.ts";
import type { Factory } from "../../src/logical/backend.ts";
import { CodedError, PermissionDenied, UserError } from "../../src/logical/errors.ts";
import type { Storage } from "../../src/logical/storage.ts";
import type { Service } from "../../src/rpc/transport/transport.ts";
import { createMemoryStorage } from "../../src/testing/memory-storage.ts";
import { createRecordedLog } from "../../src/testing/recorded-log.ts";
import { backendOf, readRequest, servePluginInMemory } from "./in-memory.ts";
import { createMemoryChannel } from "./memory-channel.ts";

const log = createRecordedLog([]);
const call = { signal: new AbortController().signal };
const options: MountOptions = { uuid: "u", config: new Map(), log };

function processOf(factory: Factory, services: readonly Service[] = []) {
  const offers = new Map<number, readonly Service[]>();
  const closed: number[] = [];
  const plugin = servePluginInMemory(factory, { offers });
  const others = createMemoryChannel(services);
  const process = {
    protocolVersion: 5,
    life: createProcessLife(new Promise(() => {})),
    channel: {
      ...plugin.channel,
      unary: (...call: Parameters<typeof plugin.channel.unary>) =>
        (call[0].startsWith("/pb.Backend/") ? plugin.channel : others).unary(...call),
    },
    async offer(offered: readonly Service[]) {
      const id = offers.size + 1;
      offers.set(id, offered);
      return {
        id,
        async close() {
          closed.push(id);
        },
      };
    },
  };
  return { process, closed, plugin };
}

interface Ending {
  readonly mount: LaunchedBackend;
  exit(): void;
}

describe("a mount of a launched plugin", () => {
  test("knows its type, special paths and version", async () => {
    const { process } = processOf(
      () => backendOf({ type: "auth", specialPaths: { unauthenticated: ["login"] } }),
      [createVersionService("v1.2.3")],
    );

    const mount = await mountLaunched(process, options);

    assert.equal(mount.type, "auth");
    assert.deepEqual(mount.specialPaths, { unauthenticated: ["login"] });
    assert.equal(await mount.version(), "v1.2.3");
  });

  test("has an empty version where the plugin tells none", async () => {
    const { process } = processOf(() => backendOf());

    assert.equal(await (await mountLaunched(process, options)).version(), "");
  });

  test("can read its storage at once and write it from the initialization on", async () => {
    const storage = createMemoryStorage();
    await storage.put({ key: "a", value: Buffer.from("x") });
    const { process } = processOf(() =>
      backendOf({
        async initialize(_, { storage }) {
          await storage.put({ key: "b", value: Buffer.from("y") });
        },
        async handleRequest({ operation }, { storage }) {
          if (operation === "delete") await storage.delete("a");
          return { data: { keys: await storage.list("") } };
        },
      }),
    );
    const mount = await mountLaunched(process, { ...options, storage });

    assert.deepEqual(await mount.handleRequest(readRequest, call), { data: { keys: ["a"] } });
    await assert.rejects(mount.handleRequest({ ...readRequest, operation: "delete" }, call), {
      message: "cannot write to storage during setup",
    });
    await mount.initialize({}, call);

    assert.deepEqual(await mount.handleRequest(readRequest, call), { data: { keys: ["a", "b"] } });
  });

  test("throws what the backend threw", async () => {
    const thrown = [new UserError("bad", { data: { a: 1 } }), new PermissionDenied(), new CodedError(409, "conflict")];
    const { process } = processOf(() =>
      backendOf({
        async handleRequest({ path }) {
          throw thrown[Number(path)];
        },
      }),
    );
    const mount = await mountLaunched(process, options);

    await assert.rejects(mount.handleRequest({ ...readRequest, path: "0" }, call), {
      kind: "user",
      message: "bad",
      data: { a: 1 },
    });
    await assert.rejects(mount.handleRequest({ ...readRequest, path: "1" }, call), { kind: "permission-denied" });
    await assert.rejects(mount.handleRequest({ ...readRequest, path: "2" }, call), { kind: "coded", status: 409 });
  });

  test("says whether something exists, and that there is no check", async () => {
    const { process } = processOf(() =>
      backendOf({ checkExistence: async ({ path }) => (path === "none" ? undefined : path === "yes") }),
    );
    const mount = await mountLaunched(process, options);

    const answers = [];
    for (const path of ["none", "yes", "no"]) answers.push(await mount.checkExistence({ ...readRequest, path }, call));

    assert.deepEqual(answers, [undefined, true, false]);
  });

  test("fails with the text of its factory, and nothing is served any more", async () => {
    const { process, closed } = processOf(() => {
      throw new Error("bad option");
    });

    await assert.rejects(mountLaunched(process, options), { message: "bad option" });
    assert.deepEqual(closed, [1]);
  });

  test("ends with its cleanup, and nothing is served any more", async () => {
    let isCleaned = false;
    const { process, closed, plugin } = processOf(() =>
      backendOf({
        async cleanup() {
          isCleaned = true;
        },
      }),
    );
    const mount = await mountLaunched(process, options);

    await mount.cleanup(call);

    assert.equal(isCleaned, true);
    assert.deepEqual(closed, [1]);
    assert.equal(plugin.dialled.get(1)?.isClosed, true);
    await assert.rejects(mount.handleRequest(readRequest, call), {
      message: "rpc error: code = Unknown desc = no backend instance found",
    });
  });

  for (const [end, endMount] of [
    ["it ends", async ({ mount }: Ending) => mount.cleanup(call)],
    ["its process does", async ({ exit }: Ending) => exit()],
  ] as const) {
    test(`rolls back what is not committed when ${end}`, async () => {
      const { promise: exited, resolve: exit } = Promise.withResolvers<void>();
      const storage = createMemoryStorage({ host: "openbao" });
      const begun = Promise.withResolvers<void>();
      const { process: running } = processOf(() =>
        backendOf({
          async handleRequest(_, { storage }) {
            return storage.transaction(async (inside) => {
              await inside.put({ key: "a", value: Buffer.from("x") });
              begun.resolve();
              return new Promise(() => {});
            });
          },
        }),
      );
      const process = { ...running, life: createProcessLife(exited) };
      let open = 0;
      const counted: Storage = {
        ...storage,
        async transaction(work, options) {
          open += 1;
          return storage.transaction(work, options).finally(() => {
            open -= 1;
          });
        },
      };
      const mount = await mountLaunched({ ...process, hostKind: "openbao" }, { ...options, storage: counted });
      await mount.initialize({}, call);
      mount.handleRequest(readRequest, call).catch(() => {});
      await begun.promise;
      assert.equal(open, 1);

      await endMount({ mount, exit });
      await setImmediate();

      assert.equal(open, 0);
      assert.deepEqual(storage.keys(), []);
    });
  }

  test("is told of keys that changed", async () => {
    const keys: string[] = [];
    const { process } = processOf(() =>
      backendOf({
        async invalidate(key) {
          keys.push(key);
        },
      }),
    );
    const mount = await mountLaunched(process, options);

    await mount.invalidate("config", call);

    assert.deepEqual(keys, ["config"]);
  });
});
