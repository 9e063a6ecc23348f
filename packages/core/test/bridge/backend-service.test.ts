import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Mount } from "../../src/logical/backend.ts";
import { PermissionDenied, UnsupportedOperation, UserError } from "../../src/logical/errors.ts";
import { createMemoryStorage } from "../../src/testing/memory-storage.ts";
import { createTestSystem } from "../../src/testing/test-system.ts";
import { requestToWire } from "../../src/wire/request.ts";
import { backendOf, forMount, hostServices, readRequest, servePluginInMemory, setupArgs } from "./in-memory.ts";

const offers = new Map([
  [1, hostServices({ storage: createMemoryStorage(), system: createTestSystem() })],
  [2, hostServices({ storage: createMemoryStorage(), system: createTestSystem() })],
  [3, hostServices()],
]);
const request = { storageId: 0, request: requestToWire(readRequest) };

describe("setup", () => {
  test("gives the factory the mount's id, options and system view", async () => {
    const mounts: Mount[] = [];
    const { client } = servePluginInMemory(
      (mount) => {
        mounts.push(mount);
        return backendOf();
      },
      { offers },
    );

    const reply = await client.setup(setupArgs(1, "uuid-a", { plugin_name: "kv" }), forMount("a"));

    assert.equal(reply.err, "");
    assert.equal(mounts[0]?.uuid, "uuid-a");
    assert.deepEqual(mounts[0]?.options, new Map([["plugin_name", "kv"]]));
    assert.equal(await mounts[0]?.system.isTainted(), false);
  });

  test("dials the host before anything is asked of it", async () => {
    const { client, dialled } = servePluginInMemory(() => backendOf(), { offers });

    await client.setup(setupArgs(1), forMount("a"));

    assert.deepEqual([...dialled.keys()], [1]);
  });

  test("succeeds with no options, no id and a host that has nothing [W79, W81]", async () => {
    const { client } = servePluginInMemory(() => backendOf(), { offers });

    assert.equal((await client.setup(setupArgs(3, ""), forMount("a"))).err, "");
    assert.equal((await client.type({}, forMount("a"))).type, 1);
  });

  test("tells the failure of the factory as text, and closes the connection to the host [W80]", async () => {
    const { client, dialled, lines } = servePluginInMemory(
      async () => {
        throw new Error("option size must be a number");
      },
      { offers },
    );

    assert.equal((await client.setup(setupArgs(1), forMount("a"))).err, "option size must be a number");
    assert.equal(dialled.get(1)?.isClosed, true);
    assert.equal(lines.at(-1)?.level, "error");
    await assert.rejects(client.type({}, forMount("a")), { message: "no backend instance found" });
  });

  test("fails when the factory gives no backend", async () => {
    // Authors without types get here.
    const { client } = servePluginInMemory(() => undefined as never, { offers });

    const { err } = await client.setup(setupArgs(1), forMount("a"));

    assert.equal(err, "the factory of the plugin gave no backend");
  });

  test("that is refused on purpose is no error in the log", async () => {
    const { client, lines } = servePluginInMemory(
      () => {
        throw new UserError("option size is missing");
      },
      { offers },
    );

    assert.equal((await client.setup(setupArgs(1), forMount("a"))).err, "option size is missing");
    assert.deepEqual(
      lines.map(({ level, fields }) => [level, "stack" in fields]),
      [["debug", false]],
    );
  });

  test("that the host gave up while the factory worked leaves no mount behind", async () => {
    const giveUp = new AbortController();
    const made = Promise.withResolvers<void>();
    const cleaned = Promise.withResolvers<void>();
    const { client, dialled } = servePluginInMemory(
      async () => {
        giveUp.abort();
        await made.promise;
        return backendOf({ cleanup: async () => cleaned.resolve() });
      },
      { offers },
    );

    await assert.rejects(client.setup(setupArgs(1), forMount("a", giveUp.signal)), { status: "cancelled" });
    made.resolve();
    await cleaned.promise;
    await new Promise(setImmediate);

    assert.equal(dialled.get(1)?.isClosed, true);
    await assert.rejects(client.type({}, forMount("a")), { message: "no backend instance found" });
  });

  test("tells a failure without text by a text, because an empty one means success", async () => {
    const { client } = servePluginInMemory(
      () => {
        throw new Error();
      },
      { offers },
    );

    assert.equal((await client.setup(setupArgs(1), forMount("a"))).err, "backend setup failed");
  });

  test("fails as a call when the host's announcement does not come", async () => {
    const { client } = servePluginInMemory(() => backendOf(), { offers });

    await assert.rejects(client.setup(setupArgs(9), forMount("a")), {
      status: "unknown",
      message: "timeout waiting for connection info",
    });
  });

  test("needs the mount's id", async () => {
    const { client } = servePluginInMemory(() => backendOf(), { offers });

    await assert.rejects(client.setup(setupArgs(1)), { status: "unknown", message: "no multiplexing ID found" });
  });

  test("under a known id replaces the instance", async () => {
    let made = 0;
    const { client, dialled } = servePluginInMemory(
      () => {
        made += 1;
        const answer = made;
        return backendOf({ handleRequest: async () => ({ data: { answer } }) });
      },
      { offers },
    );

    await client.setup(setupArgs(1), forMount("a"));
    await client.setup(setupArgs(2), forMount("a"));

    assert.equal((await client.handleRequest(request, forMount("a"))).response?.data, '{"answer":2}');
    assert.equal(dialled.get(1)?.isClosed, true);
    assert.equal(dialled.get(2)?.isClosed, false);
  });
});

describe("two mounts in one process", () => {
  test("have their own id, storage and log", async () => {
    const { client, lines } = servePluginInMemory(
      ({ uuid }) =>
        backendOf({
          async handleRequest(_, { storage, log }) {
            const found = await storage.get("seen");
            await storage.put({ key: "seen", value: Buffer.from(uuid) });
            log.info("asked");
            return { data: { uuid, before: found ? Buffer.from(found.value).toString() : "" } };
          },
        }),
      {
        offers: new Map([
          [1, hostServices({ storage: createMemoryStorage() })],
          [2, hostServices({ storage: createMemoryStorage() })],
        ]),
      },
    );
    await Promise.all([client.setup(setupArgs(1), forMount("a")), client.setup(setupArgs(2), forMount("b"))]);

    const answers = [];
    for (const id of ["a", "b", "a"]) answers.push((await client.handleRequest(request, forMount(id))).response?.data);

    assert.deepEqual(answers, [
      '{"uuid":"uuid-1","before":""}',
      '{"uuid":"uuid-2","before":""}',
      '{"uuid":"uuid-1","before":"uuid-1"}',
    ]);
    const mounts = lines.filter(({ message }) => message === "asked").map(({ fields }) => fields["mount_uuid"]);
    assert.deepEqual(mounts, ["uuid-1", "uuid-2", "uuid-1"]);
  });
});

describe("cleanup", () => {
  test("ends its own mount only, and closes its connection to the host", async () => {
    const cleaned: string[] = [];
    const { client, dialled } = servePluginInMemory(
      ({ uuid }) =>
        backendOf({
          async cleanup() {
            cleaned.push(uuid);
          },
        }),
      { offers },
    );
    await client.setup(setupArgs(1), forMount("a"));
    await client.setup(setupArgs(2), forMount("b"));

    await client.cleanup({}, forMount("a"));

    assert.deepEqual(cleaned, ["uuid-1"]);
    assert.equal(dialled.get(1)?.isClosed, true);
    assert.equal(dialled.get(2)?.isClosed, false);
    await assert.rejects(client.type({}, forMount("a")), { message: "no backend instance found" });
    assert.equal((await client.type({}, forMount("b"))).type, 1);
  });

  test("of an unknown mount is an error, after which everything goes on", async () => {
    const { client } = servePluginInMemory(() => backendOf(), { offers });

    await assert.rejects(client.cleanup({}, forMount("x")), {
      status: "unknown",
      message: "no backend instance found",
    });
    assert.equal((await client.setup(setupArgs(1), forMount("x"))).err, "");
  });

  test("that fails still ends the mount, and is logged", async () => {
    const { client, lines } = servePluginInMemory(
      () =>
        backendOf({
          async cleanup() {
            throw new Error("cannot");
          },
        }),
      { offers },
    );
    await client.setup(setupArgs(1), forMount("a"));

    await client.cleanup({}, forMount("a"));

    assert.equal(lines.at(-1)?.message, "cleanup failed");
    await assert.rejects(client.type({}, forMount("a")), { message: "no backend instance found" });
  });

  test("can be repeated many times with setups in between", async () => {
    const { client } = servePluginInMemory(() => backendOf(), { offers });

    for (let round = 0; round < 20; round += 1) {
      assert.equal((await client.setup(setupArgs(1), forMount("a"))).err, "");
      await client.cleanup({}, forMount("a"));
    }
  });
});

describe("a process of one mount", () => {
  test("does not look at the mount's id [W75]", async () => {
    const { client } = servePluginInMemory(() => backendOf({ type: "auth" }), { offers, isMultiplexed: false });

    await client.setup(setupArgs(1));

    assert.equal((await client.type({}, forMount("anything"))).type, 2);
    assert.equal((await client.type({}, { metadata: new Map([["multiplex_id", ["a", "b"]]]) })).type, 2);
  });

  test("that only describes itself refuses work and answers the rest", async () => {
    const { client } = servePluginInMemory(() => backendOf({ specialPaths: { root: ["config"] } }), {
      offers,
      isMultiplexed: false,
      isMetadataMode: true,
    });
    const refusal = { status: "unknown", message: "plugin server can not perform action while in metadata mode" };
    await assert.rejects(client.handleRequest(request), { message: "no backend instance found" });

    await client.setup(setupArgs(1));

    await assert.rejects(client.handleRequest(request), refusal);
    await assert.rejects(client.handleExistenceCheck(request), refusal);
    await assert.rejects(client.invalidateKey({ key: "a" }), refusal);
    await assert.rejects(client.initialize(initializeArgs), refusal);
    assert.equal((await client.type({})).type, 1);
    assert.deepEqual((await client.specialPaths({})).paths?.root, ["config"]);
    await client.cleanup({});
  });
});

const initializeArgs = { mountPoint: "", mountType: "", mountAccessor: "", backendUuid: "", mountRunningVersion: "" };

describe("special paths", () => {
  test("are no message where there are none [W82]", async () => {
    const { client } = servePluginInMemory(() => backendOf(), { offers });
    await client.setup(setupArgs(1), forMount("a"));

    assert.equal((await client.specialPaths({}, forMount("a"))).paths, undefined);
  });
});

describe("initialization", () => {
  test("takes nothing, and what newest hosts say of the mount", async () => {
    const seen: unknown[] = [];
    const { client } = servePluginInMemory(
      () =>
        backendOf({
          async initialize(initialization) {
            seen.push(initialization);
          },
        }),
      { offers },
    );
    await client.setup(setupArgs(1), forMount("a"));

    await client.initialize(initializeArgs, forMount("a"));
    await client.initialize({ ...initializeArgs, mountPoint: "kv/" }, forMount("a"));

    assert.deepEqual(seen, [{}, { mountPoint: "kv/" }]);
  });

  test("tells its failure", async () => {
    const { client } = servePluginInMemory(
      () =>
        backendOf({
          async initialize() {
            throw new UserError("not so");
          },
        }),
      { offers },
    );
    await client.setup(setupArgs(1), forMount("a"));

    const { err } = await client.initialize(initializeArgs, forMount("a"));

    assert.deepEqual(err, { errType: 1, errMsg: "not so", errCode: 0n });
  });
});

describe("a request", () => {
  async function answering(handle: () => Promise<undefined | { data: Record<string, unknown> }>) {
    const plugin = servePluginInMemory(
      () => backendOf({ handleRequest: handle, checkExistence: async () => void (await handle()) }),
      { offers },
    );
    await plugin.client.setup(setupArgs(1), forMount("a"));
    return plugin;
  }

  test("without an answer has no response", async () => {
    const { client } = await answering(async () => undefined);

    const { response, err } = await client.handleRequest(request, forMount("a"));

    assert.equal(response, undefined);
    assert.equal(err, undefined);
  });

  test("whose handler throws hides the exception from the caller and logs it with its causes", async () => {
    const { client, lines } = await answering(async () => {
      throw new Error("inner token hvs.x", { cause: new TypeError("deep") });
    });

    const { response, err } = await client.handleRequest(request, forMount("a"));

    assert.equal(response, undefined);
    assert.deepEqual(err, { errType: 2, errMsg: "internal error (request request-1)", errCode: 0n });
    const line = lines.at(-1);
    assert.equal(line?.message, "request failed");
    assert.equal(line?.fields["requestId"], "request-1");
    assert.match(String(line?.fields["stack"]), /inner token[\s\S]*caused by: TypeError: deep/);
    assert.equal((await client.type({}, forMount("a"))).type, 1);
  });

  test("of an operation that is not known is not supported", async () => {
    const { client } = await answering(async () => undefined);
    const message = { storageId: 0, request: { ...requestToWire(readRequest), operation: "teleport" } };

    assert.equal((await client.handleRequest(message, forMount("a"))).err?.errType, 5);
  });

  test("whose answer cannot be written is an internal failure", async () => {
    const { client } = await answering(async () => ({ data: { error: 5 } }));

    assert.equal((await client.handleRequest(request, forMount("a"))).err?.errType, 2);
  });

  test("keeps the kind of a failure that another wraps", async () => {
    const { client } = await answering(async () => {
      throw new Error("while reading", { cause: new PermissionDenied() });
    });

    assert.equal((await client.handleRequest(request, forMount("a"))).err?.errType, 8);
  });

  test("to a mount that is not known is refused", async () => {
    const { client } = await answering(async () => undefined);

    const refusal = { status: "unknown", message: "no backend instance found" };
    await assert.rejects(client.handleRequest(request, forMount("x")), refusal);
    await assert.rejects(client.handleExistenceCheck(request, forMount("x")), refusal);
    await assert.rejects(client.invalidateKey({ key: "k" }, forMount("x")), refusal);
    await assert.rejects(client.specialPaths({}, forMount("x")), refusal);
    await assert.rejects(client.initialize(initializeArgs, forMount("x")), refusal);
  });

  test("for the existence of something without a check is not found", async () => {
    const { client } = await answering(async () => undefined);

    const reply = await client.handleExistenceCheck(request, forMount("a"));

    assert.deepEqual(reply, { checkFound: false, exists: false, err: undefined });
  });

  test("for the existence of something tells the failure", async () => {
    const { client } = await answering(async () => {
      throw new UnsupportedOperation();
    });

    assert.equal((await client.handleExistenceCheck(request, forMount("a"))).err?.errType, 5);
  });

  test("that is cancelled stops the storage calls of its handler", async () => {
    const controller = new AbortController();
    const entered = Promise.withResolvers<AbortSignal>();
    const ended = Promise.withResolvers<unknown>();
    const slow = {
      ...createMemoryStorage(),
      get: (_: string, options?: { signal?: AbortSignal }) => stuck(options?.signal),
    };
    function stuck(signal: AbortSignal | undefined): Promise<never> {
      entered.resolve(signal ?? AbortSignal.abort());
      return new Promise(() => {});
    }
    const { client, lines } = servePluginInMemory(
      () =>
        backendOf({
          async handleRequest(_, { storage }) {
            await storage.get("a").catch((error) => {
              ended.resolve(error);
              throw error;
            });
            return undefined;
          },
        }),
      { offers: new Map([[1, hostServices({ storage: slow })]]) },
    );
    await client.setup(setupArgs(1), forMount("a"));

    const call = client.handleRequest(request, forMount("a", controller.signal));
    const atHost = await entered.promise;
    controller.abort();

    await assert.rejects(call, { status: "cancelled" });
    assert.equal(((await ended.promise) as Error).name, "AbortError");
    assert.equal(atHost.aborted, true);
    assert.deepEqual(
      lines.filter(({ level }) => level === "error"),
      [],
    );
  });

  test("passes Vault's keys for snapshots on to its storage calls, and no other", async () => {
    const { client, dialled } = servePluginInMemory(
      () =>
        backendOf({
          async handleRequest(_, { storage }) {
            await storage.get("a");
            return undefined;
          },
        }),
      { offers },
    );
    await client.setup(setupArgs(1), forMount("a"));
    const metadata = new Map([
      ["multiplex_id", ["a"]],
      ["snapshot_id", ["s"]],
    ]);

    await client.handleRequest(request, { metadata });

    assert.deepEqual(dialled.get(1)?.calls.at(-1)?.options.metadata, new Map([["snapshot_id", ["s"]]]));
  });
});

describe("an invalidation", () => {
  test("reaches the mount, and its failure is only logged", async () => {
    const keys: string[] = [];
    const { client, lines } = servePluginInMemory(
      () =>
        backendOf({
          async invalidate(key) {
            keys.push(key);
            throw new Error("cannot");
          },
        }),
      { offers },
    );
    await client.setup(setupArgs(1), forMount("a"));

    await client.invalidateKey({ key: "config" }, forMount("a"));

    assert.deepEqual(keys, ["config"]);
    assert.equal(lines.at(-1)?.message, "invalidation failed");
  });

  test("that the backend refuses on purpose is logged as well, since nobody else is told", async () => {
    const { client, lines } = servePluginInMemory(
      () =>
        backendOf({
          async invalidate() {
            throw new UserError("not now");
          },
        }),
      { offers },
    );
    await client.setup(setupArgs(1), forMount("a"));

    await client.invalidateKey({ key: "config" }, forMount("a"));

    assert.deepEqual([lines.at(-1)?.level, lines.at(-1)?.message], ["warn", "invalidation failed"]);
  });
});
