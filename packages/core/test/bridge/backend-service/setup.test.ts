import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { path, secretsEngine } from "../../../src/index.ts";
import type { Mount } from "../../../src/logical/backend.ts";
import { UserError } from "../../../src/logical/errors.ts";
import { backendOf, forMount, servePluginInMemory, setupArgs } from "../in-memory.ts";
import { offers, request } from "./fixture.ts";

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

  test("succeeds with no options, no id and a host whose every answer is that it has nothing [W79, W81]", async () => {
    const refused: string[] = [];
    const { client } = servePluginInMemory(
      async ({ uuid, options, system }) => {
        assert.deepEqual([uuid, options.size], ["", 0]);
        await system.clusterInfo().catch((error) => refused.push(error.message));
        return backendOf({
          async handleRequest(_, { storage }) {
            await storage.get("a").catch((error) => refused.push(error.message));
            return undefined;
          },
        });
      },
      { offers },
    );

    assert.equal((await client.setup(setupArgs(3, ""), forMount("a"))).err, "");
    assert.equal((await client.type({}, forMount("a"))).type, 1);
    await client.handleRequest(request, forMount("a"));
    assert.match(refused[0] ?? "", /^missing system view implementation: /);
    assert.match(refused[1] ?? "", /^missing storage implementation: /);
  });

  test("of a plugin that is defined with everything asks nothing of the host [W79]", async () => {
    const everything = secretsEngine({
      help: "",
      paths: [path("a", { summary: "", fields: {}, read: () => ({ data: {} }) })],
      periodic: async ({ storage }) => void (await storage.get("a")),
      initialize: async ({ storage }) => void (await storage.get("a")),
      invalidate() {},
      cleanup() {},
    });
    const { client, dialled } = servePluginInMemory(() => everything, { offers });

    assert.equal((await client.setup(setupArgs(3, ""), forMount("a"))).err, "");

    assert.deepEqual(dialled.get(3)?.calls, []);
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

  test("tells a failure of the factory in another text than the one by which hosts know a dead process [W107]", async () => {
    const { client } = servePluginInMemory(
      () => {
        throw new UserError("connection is shut down");
      },
      { offers },
    );

    const { err } = await client.setup(setupArgs(1), forMount("a"));

    assert.equal(err, "connection is shut down (said by the plugin)");
  });

  test("fails when the factory gives no backend", async () => {
    // Authors without types get here.
    const { client } = servePluginInMemory(() => undefined as never, { offers });

    const { err } = await client.setup(setupArgs(1), forMount("a"));

    assert.equal(err, "the factory of the plugin gave no backend");
  });

  test("that is refused on purpose is no error in the log [W80]", async () => {
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

  test("tells a failure without text by a text, because an empty one means success [W80]", async () => {
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

  test("under a known id replaces the instance [W77]", async () => {
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
