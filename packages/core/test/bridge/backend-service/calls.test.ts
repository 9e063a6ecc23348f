import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { UserError } from "../../../src/logical/errors.ts";
import { backendOf, forMount, servePluginInMemory, setupArgs } from "../in-memory.ts";
import { initializeArgs, offers } from "./fixture.ts";

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
