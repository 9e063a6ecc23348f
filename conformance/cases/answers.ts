import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectRefusal, expectStatus } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { useMount } from "../mounts.ts";
import { mock } from "../plugins.ts";
import { verifies } from "../verifies.ts";

/** What the client gets for what a handler gives or throws. */
export function answerCases(server: () => ServerUnderTest): void {
  describe("an answer", () => {
    const mount = useMount(server, mock);

    /** Asks without following redirects, and gives the body as it came. */
    async function ask(method: string, path: string): Promise<{ readonly answer: Response; readonly body: Buffer }> {
      const answer = await fetch(`${server().address}/v1/${mount().path}/${path}`, {
        method,
        headers: { "X-Vault-Token": server().rootToken },
        redirect: "manual",
      });
      return { answer, body: Buffer.from(await answer.arrayBuffer()) };
    }

    test("to a read is not found where it is nothing, and has no data where it is empty", async () => {
      verifies("S104");
      const { client, path } = mount();

      const nothing = expectStatus(await client.read(`${path}/answers/nothing`), 404);
      const empty = expectStatus(await client.read(`${path}/answers/empty`), 200);

      assert.deepEqual(nothing.body, { errors: [] });
      assert.equal(empty.at("data"), null);
    });

    test("to a write has no content where it is nothing", async () => {
      verifies("S105");
      const { client, path } = mount();

      expectStatus(await client.write(`${path}/answers/nothing`), 204);
      expectStatus(await client.write(`${path}/answers/empty`), 200);
    });

    test("to a list is not found where there are no keys", async () => {
      verifies("S106");
      const { client, path } = mount();
      const expected = { keys: 200, "no-keys": 404, numbers: 500, other: 200, warned: 200, nothing: 404, empty: 404 };

      for (const [name, status] of Object.entries(expected))
        assert.equal((await client.list(`${path}/answers/${name}`)).status, status, name);
    });

    test("to HEAD has no body", async () => {
      if (server().abilities.protocol === 4) {
        // Servers of this age refuse the method.
        assert.equal((await ask("HEAD", "answers/empty")).answer.status, 405);
        return;
      }
      assert.equal((await ask("HEAD", "answers/nothing")).answer.status, 404);
      const { answer, body } = await ask("HEAD", "answers/empty");
      assert.deepEqual([answer.status, body.length], [200, 0]);
    });

    test("may redirect the client", async () => {
      verifies("S110");
      const { answer } = await ask("GET", "answers/redirect");

      assert.deepEqual([answer.status, answer.headers.get("location")], [307, "https://example.com/elsewhere"]);
    });

    test("may be the plugin's own bytes, which the server decodes where they are base64", async () => {
      verifies("S107");
      assert.equal((await ask("GET", "answers/verbatim")).body.toString(), "hello world!");
      assert.deepEqual((await ask("GET", "answers/base64-by-chance")).body, Buffer.from([0xb5, 0xeb, 0x2d]));
    });

    test("of the plugin's own has its headers, and text arrives as it is", async () => {
      const { answer, body } = await ask("GET", "answers/text");

      assert.deepEqual([answer.status, body.toString()], [401, "test"]);
      const names = ["content-type", "pragma", "www-authenticate", "cache-control"];
      assert.deepEqual(
        names.map((name) => answer.headers.get(name)),
        ["text/plain", "no", "Basic", "no-store"],
      );
    });

    test("of the plugin's own needs a type, unless it has no content", async () => {
      verifies("S109");
      const untyped = await ask("GET", "answers/untyped");
      assert.deepEqual([untyped.answer.status, untyped.body.length], [500, 0]);
      assert.equal(untyped.answer.headers.get("x-vault-raw-error"), "no content type given");
      assert.equal((await ask("GET", "answers/no-content")).answer.status, 204);
    });

    test("may have the usual form with a status of its own", async () => {
      const { client, path } = mount();

      const created = expectStatus(await client.write(`${path}/created`), 201);

      assert.deepEqual(created.at("data"), { made: true });
      assert.match(String(created.at("request_id")), /^[0-9a-f-]{36}$/);
    });

    test("is wrapped where the plugin asks for it", async () => {
      const { client, path } = mount();

      const wrapped = expectStatus(await client.read(`${path}/wrapped`), 200);

      assert.equal(wrapped.at("wrap_info", "ttl"), 60);
      assert.equal(wrapped.at("data"), null);
    });
  });

  describe("a failure", () => {
    const mount = useMount(server, mock);
    const fail = (kind: string, text: string, more: object = {}) =>
      mount().client.write(`${mount().path}/refusals/${kind}`, { text, ...more });
    const step = (text: string): string => `1 error occurred:\n\t* ${text}\n\n`;

    test("is told with the status of its kind", async () => {
      verifies("S111", "S112", "S113", "W102");
      const { client, path } = mount();
      const expected: Readonly<Record<string, readonly [number, string]>> = {
        unknown: [500, step("the text of unknown")],
        user: [400, "the text of user"],
        internal: [500, step("the text of internal")],
        coded: [418, step("the text of coded")],
        "bad-request": [400, step("the text of bad-request")],
        "unsupported-operation": [405, step("unsupported operation")],
        "unsupported-path": [404, step("unsupported path")],
        "invalid-request": [400, step("invalid request")],
        "permission-denied": [403, step("permission denied")],
        unrecoverable: [500, step("unrecoverable error")],
      };

      for (const [kind, [status, text]] of Object.entries(expected)) {
        const { status: answered, errors } = await client.read(`${path}/failures/${kind}`);
        assert.deepEqual([answered, errors], [status, [text]], kind);
      }
      assert.deepEqual((await fail("coded", "conflict")).errors, [step("conflict")]);
      expectStatus(await fail("coded", "conflict"), 409);
    });

    test("with a text of its own has the text and the status", async () => {
      assert.deepEqual(expectStatus(await fail("denied", "denied"), 403).errors, ["denied"]);
      assert.deepEqual(expectStatus(await fail("invalid", "no role"), 400).errors, ["no role"]);
    });

    test("has a status by its whole text, and not by a part of it", async () => {
      verifies("S114");
      const texts = {
        "permission denied": 403,
        "while reading: permission denied": 500,
        "upstream rate limited": 502,
        "rate limit quota exceeded": 429,
        "lease count quota exceeded": 429,
        "functionality on this path has been removed": 404,
        "relative paths not supported": 400,
      };

      for (const [text, status] of Object.entries(texts)) expectRefusal(await fail("plain", text), status, text);
    });

    test("with data is told as a failure, whether or not the server shows the data", async () => {
      const answer = await fail("user", "bad", { data: { hint: 1 } });

      expectRefusal(answer, 400, "bad");
    });

    test("of several is told in one list", async () => {
      const { errors } = expectStatus(await fail("several", "one"), 400);

      assert.deepEqual(errors, ["2 errors occurred:\n\t* one\n\t* another\n\n"]);
    });
  });

  describe("open paths", () => {
    const mount = useMount(server, mock);

    test("are those that the plugin's entries fit", async () => {
      verifies("S159");
      const stranger = mount().client.withToken(undefined);
      const expected = { "one/x": 200, "one/x/y": 403, "more/x": 403, "more/x/y": 200, "more/x/y/z": 200 };

      for (const [name, status] of Object.entries(expected))
        assert.equal((await stranger.read(`${mount().path}/${name}`)).status, status, name);
    });
  });
}
