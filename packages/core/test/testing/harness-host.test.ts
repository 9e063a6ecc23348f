import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { entries, path, secretsEngine, t } from "../../src/index.ts";
import { createMemoryStorage, type HarnessOptions, harness } from "../../src/testing/index.ts";

const value = Uint8Array.of(1);

type Read = NonNullable<Parameters<typeof path>[1]["read"]>;

/** Runs something with what a handler gets of its host. */
function asking(ask: Read, options: HarnessOptions = {}) {
  return harness(
    () => secretsEngine({ help: "", paths: [path("ask", { summary: "", fields: {}, read: ask })] }),
    options,
  );
}

describe("a mount in a test finds the storage of its product", () => {
  test("which on Vault has no transactions, and refuses two dots", async () => {
    const mount = await asking(async ({ storage }) => {
      await storage.transaction(async (inside) => {
        await inside.put({ key: "kept", value });
        throw new Error("fails");
      });
    });
    await assert.rejects(mount.read("ask"));
    assert.deepEqual(mount.storage.keys(), ["kept"]);

    const refused = await asking(async ({ storage }) => void (await storage.get("a..b")));
    await assert.rejects(refused.read("ask"), { message: "relative paths not supported" });
  });

  test("which on OpenBao has transactions, and takes two dots", async () => {
    const mount = await asking(
      async ({ storage }) => {
        await storage.put({ key: "a..b", value });
        await storage.transaction(async (inside) => {
          await inside.put({ key: "dropped", value });
          throw new Error("fails");
        });
      },
      { host: "openbao" },
    );

    await assert.rejects(mount.read("ask"));

    assert.deepEqual(mount.storage.keys(), ["a..b"]);
  });

  test("which refuses what a host would refuse of a plugin that has ended its transaction", async () => {
    const mount = await asking(
      async ({ storage }) => {
        const kept = await storage.transaction(async (inside) => inside);
        await kept.put({ key: "a", value });
      },
      { host: "openbao" },
    );

    await assert.rejects(mount.read("ask"), { message: "transaction has been committed or rolled back" });
    assert.deepEqual(mount.storage.keys(), []);
  });
});

describe("a mount in a test finds the system view of its product", () => {
  test("with the settings and answers of the test", async () => {
    const mount = await asking(
      async ({ system }) => ({
        data: {
          product: system.host.kind,
          ttl: await system.maxLeaseTtl(),
          password: await system.generatePassword("strong"),
          token: (await system.identityToken({ audience: "aws", ttl: 60 })).token,
        },
      }),
      {
        system: { maxLeaseTtl: 60, passwordPolicies: new Map([["strong", () => "p4ss"]]) },
        answers: { identityToken: async ({ audience, ttl }) => ({ token: audience, ttl }) },
      },
    );

    assert.deepEqual((await mount.read("ask"))?.data, { product: "vault", ttl: 60, password: "p4ss", token: "aws" });
  });

  test("with its refusals, as they come out of a process of its own", async () => {
    const mount = await asking(({ system }) => system.generatePassword("none").then(() => undefined));

    await assert.rejects(mount.read("ask"), { message: "failed to generate password" });
  });

  test("which keeps what was wrapped for the test to see", async () => {
    const mount = await asking(async ({ system }) => ({
      data: { token: (await system.wrapData({ a: 1n, at: new Date(0) }, 60)).token },
    }));

    const token = String((await mount.read("ask"))?.data?.["token"]);

    assert.deepEqual(mount.system.wrapped.get(token), { a: 1, at: "1970-01-01T00:00:00.000Z" });
  });
});

test("events go to Vault and not to OpenBao, which the log says once", async () => {
  const send: Read = ({ events }) => {
    events.send("made", { metadata: { at: new Date(0) } });
    events.send("made");
  };
  const vault = await asking(send);
  const openbao = await asking(send, { host: "openbao" });

  for (const mount of [vault, openbao]) {
    await mount.read("ask");
    await mount.close();
  }

  assert.deepEqual(vault.events.sent[0]?.event.metadata, { at: "1970-01-01T00:00:00.000Z" });
  assert.deepEqual(openbao.events.sent, []);
  assert.deepEqual(
    openbao.logs.map(({ message }) => message),
    ["the host takes no events"],
  );
});

describe("what a mount did to its storage", () => {
  const notes = entries<{ readonly text: string }>("note/");
  const note = path("notes/:name", {
    summary: "",
    fields: { name: t.name(), text: t.string() },
    exists: async ({ fields, storage }) => (await notes.get(storage, fields.name)) !== undefined,
    write: ({ fields, storage }) =>
      storage.transaction((inside) => notes.put(inside, fields.name, { text: fields.text ?? "" })),
    read: async ({ fields, storage }) => ({ data: { ...(await notes.get(storage, fields.name)) } }),
  });
  const engine = secretsEngine({ help: "", paths: [note], initialize: ({ storage }) => void storage.list("") });

  test("is told for each request, in its order, also when they run at once", async () => {
    const mount = await harness(() => engine);

    await mount.write("notes/a", { text: "x" });
    await Promise.all([mount.read("notes/a"), mount.read("notes/b")]);

    const get = { operation: "get", key: "note/a" };
    assert.deepEqual(mount.requests, [
      { operation: "initialize", path: "", storage: [{ operation: "list", key: "" }] },
      { operation: "existence-check", path: "notes/a", storage: [get] },
      { operation: "create", path: "notes/a", storage: [{ operation: "put", key: "note/a" }] },
      { operation: "read", path: "notes/a", storage: [get] },
      { operation: "read", path: "notes/b", storage: [{ operation: "get", key: "note/b" }] },
    ]);
  });

  test("has the calls of transactions where there are any, and none of the test's own", async () => {
    const mount = await harness(() => engine, { host: "openbao" });
    await mount.storage.put({ key: "a", value });

    await mount.write("notes/a", { text: "x" });

    const operations = mount.requests.at(-1)?.storage.map(({ operation }) => operation);
    assert.deepEqual(operations, ["begin", "put", "commit"]);
  });
});

test("each request has what the test says of its caller", async () => {
  const mount = await asking(({ request }) => ({ data: { entity: request.entityId, name: request.displayName } }), {
    caller: { entityId: "e1", displayName: "token-ann" },
  });

  assert.deepEqual((await mount.read("ask"))?.data, { entity: "e1", name: "token-ann" });
  assert.deepEqual((await mount.read("ask", {}, { entityId: "e2" }))?.data, { entity: "e2", name: "token-ann" });
});

test("a storage of the test's own serves several mounts, one after the other", async () => {
  const storage = createMemoryStorage();
  const keep: Read = async ({ storage: own }) => {
    await own.put({ key: `key-${(await own.list("")).length}`, value });
  };

  await (await asking(keep, { storage })).read("ask");
  await (await asking(keep, { storage })).read("ask");

  assert.deepEqual(storage.keys(), ["key-0", "key-1"]);
});
