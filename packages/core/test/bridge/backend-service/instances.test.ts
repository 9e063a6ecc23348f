import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createMemoryStorage } from "../../../src/testing/memory-storage.ts";
import { backendOf, forMount, hostServices, servePluginInMemory, setupArgs } from "../in-memory.ts";
import { initializeArgs, offers, request } from "./fixture.ts";

describe("two mounts in one process", () => {
  test("have their own id, options, storage and log [W76]", async () => {
    const { client, lines, dialled } = servePluginInMemory(
      ({ uuid, options }) =>
        backendOf({
          async handleRequest(_, { storage, log }) {
            const found = await storage.get("seen");
            await storage.put({ key: "seen", value: Buffer.from(uuid) });
            log.info("asked");
            const before = found ? Buffer.from(found.value).toString() : "";
            return { data: { uuid, size: options.get("size"), before } };
          },
        }),
      {
        offers: new Map([
          [1, hostServices({ storage: createMemoryStorage() })],
          [2, hostServices({ storage: createMemoryStorage() })],
        ]),
      },
    );
    await Promise.all([
      client.setup(setupArgs(1, "uuid-1", { size: "small" }), forMount("a")),
      client.setup(setupArgs(2, "uuid-2", { size: "large" }), forMount("b")),
    ]);

    const answers = [];
    for (const id of ["a", "b", "a"]) answers.push((await client.handleRequest(request, forMount(id))).response?.data);

    assert.deepEqual(answers, [
      '{"uuid":"uuid-1","size":"small","before":""}',
      '{"uuid":"uuid-2","size":"large","before":""}',
      '{"uuid":"uuid-1","size":"small","before":"uuid-1"}',
    ]);
    const mounts = lines.filter(({ message }) => message === "asked").map(({ fields }) => fields["mount_uuid"]);
    assert.deepEqual(mounts, ["uuid-1", "uuid-2", "uuid-1"]);
    assert.deepEqual(
      [1, 2].map((id) => dialled.get(id)?.calls.filter(({ path }) => path === "/pb.Storage/Put").length),
      [2, 1],
    );
  });
});

describe("cleanup", () => {
  test("ends its own mount only, and closes its connection to the host [W78]", async () => {
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

  test("that only describes itself refuses work and answers the rest [W83]", async () => {
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
