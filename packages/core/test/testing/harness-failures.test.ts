import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LogicalError, path, secretsEngine, t, UserError } from "../../src/index.ts";
import { harness } from "../../src/testing/index.ts";

type Read = NonNullable<Parameters<typeof path>[1]["read"]>;

function reading(read: Read) {
  return harness(() => secretsEngine({ help: "", paths: [path("x", { summary: "", fields: {}, read })] }));
}

/** The message of what is thrown and of its causes. */
async function messagesOf(attempt: Promise<unknown>): Promise<readonly string[]> {
  const messages: string[] = [];
  await assert.rejects(attempt, (thrown) => {
    for (let error = thrown; error instanceof Error; error = error.cause) messages.push(error.message);
    return true;
  });
  return messages;
}

describe("a failure in a test", () => {
  test("is what the host sees, and says beside it which request failed and why", async () => {
    const bug = await reading(() => {
      throw new TypeError("x is not a function");
    });
    const refusal = await reading(() => {
      throw new UserError("no");
    });

    const [seen, ...causes] = await messagesOf(bug.read("x"));
    assert.match(seen ?? "", /^internal error \(request [0-9a-f-]+\)$/);
    assert.deepEqual([causes[0], causes.at(-1)], ['read "x" failed', "x is not a function"]);
    assert.deepEqual(await messagesOf(refusal.read("x")), ["no", 'read "x" failed', "no"]);
  });

  test("says so of an existence check", async () => {
    const failing = path("x", {
      summary: "",
      fields: {},
      write() {},
      exists() {
        throw new LogicalError("unknown", "down");
      },
    });
    const mount = await harness(() => secretsEngine({ help: "", paths: [failing] }));

    assert.deepEqual(await messagesOf(mount.write("x")), ["down", 'existence check of "x" failed', "down"]);
  });

  test("names the request whose answer cannot be sent", async () => {
    const mount = await reading(() => ({ data: { list: new Map([["a", 1]]) } }));

    const [message] = await messagesOf(mount.read("x"));

    assert.match(message ?? "", /^read "x": /);
  });
});

describe("an answer is held against what its operation says to return", () => {
  const fields = { name: t.string({ required: true }), size: t.int() };
  const answering = (data: Readonly<Record<string, unknown>>) =>
    reading({ returns: fields, handler: () => ({ data }) } satisfies Read);

  test("and passes if it fits", async () => {
    await assert.doesNotReject((await answering({ name: "a", size: 1 })).read("x"));
    await assert.doesNotReject((await answering({ name: "a" })).read("x"));
  });

  test("and fails by operation, path and member if it does not", async () => {
    const mount = await answering({ size: "large", shape: "round" });

    await assert.rejects(mount.read("x"), {
      message:
        'read "x": the answer is not what it says to return: "shape" is not declared, "name" is missing, "size" is no int',
    });
  });

  test("by status too", async () => {
    const responses = { 200: { description: "OK", fields } };
    const mount = await reading({ responses, handler: () => ({ data: {} }) });

    await assert.rejects(mount.read("x"), { message: /"name" is missing/ });
  });

  test("and must not declare what hosts take for a raw answer", async () => {
    const mount = await reading({ returns: { http_raw_body: t.string() }, handler: () => ({ data: {} }) });

    await assert.rejects(mount.read("x"), { message: /"http_raw_body" is reserved for raw answers$/ });
  });

  test("unless the test does not want it", async () => {
    const wrong = path("x", { summary: "", fields: {}, read: { returns: fields, handler: () => ({ data: {} }) } });
    const mount = await harness(() => secretsEngine({ help: "", paths: [wrong] }), { checksAnswers: false });

    assert.deepEqual((await mount.read("x"))?.data, {});
  });
});
