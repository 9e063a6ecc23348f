import assert from "node:assert/strict";
import { Agent, request as httpRequest } from "node:http";
import { test } from "node:test";
import {
  type Backend,
  CodedError,
  LogicalError,
  type Request,
  type Response,
  UserError,
} from "@vaultwright/core/launch";
import type { FakePlugin } from "../fake-plugins.ts";
import { startTestHost } from "../test-host.ts";

/** A plugin that does at each request what the test says, and remembers it. */
function scripted(answer: (request: Request) => Response | undefined | Promise<Response | undefined>) {
  const requests: Request[] = [];
  const backend: Backend = {
    type: "secret",
    checkExistence: async () => undefined,
    async handleRequest(request) {
      if (request.operation === "rollback") return undefined;
      requests.push(request);
      return answer(request);
    },
  };
  return { requests, plugin: { factory: () => backend } satisfies FakePlugin };
}

async function startScripted(answer: Parameters<typeof scripted>[0]) {
  const { requests, plugin } = scripted(answer);
  const host = await startTestHost({ p: plugin });
  await host.mount("secret", "p");
  return { requests, host, [Symbol.asyncDispose]: () => host[Symbol.asyncDispose]() };
}

test("gives methods their operations, and bodies and queries their data", async () => {
  await using running = await startScripted(() => ({ data: {} }));
  const { host, requests } = running;

  await host.call("GET", "p/a?x=1&y=2&y=3");
  await host.call("POST", "p/a?ignored=1", { body: '{"n": 12345678901234567890}' });
  await host.call("PUT", "p/a", { body: { a: [1] } });
  await host.call("PATCH", "p/a", { body: { a: null }, headers: { "Content-Type": "application/merge-patch+json" } });
  await host.call("DELETE", "p/a?v=1");
  await host.call("HEAD", "p/a");
  await host.call("LIST", "p/a?after=b");
  await host.call("GET", "p/a?list=true");
  await host.call("GET", "p/a/?help=1");
  await host.call("POST", "p/a", {
    body: "k=v&k=w&l=",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
  });

  assert.deepEqual(
    requests.map(({ operation, path, data }) => [operation, path, data]),
    [
      ["read", "a", { x: "1", y: ["2", "3"] }],
      ["update", "a", { n: 12345678901234567890n }],
      ["update", "a", { a: [1] }],
      ["patch", "a", { a: null }],
      ["delete", "a", { v: "1" }],
      ["header", "a", undefined],
      ["list", "a/", { after: "b" }],
      ["list", "a/", undefined],
      ["help", "a", undefined],
      ["update", "a", { k: "v,w", l: "" }],
    ],
  );
});

test("serves LIST on a connection that is kept, between other requests", async () => {
  await using running = await startScripted(({ operation }) => ({ data: { keys: [operation] } }));
  const { host } = running;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const statusOf = (method: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const headers = { "X-Vault-Token": host.host.rootToken };
      const call = httpRequest(`${host.host.address}/v1/p/a`, { method, agent, headers }, (response) => {
        response.resume();
        response.on("end", () => resolve(response.statusCode ?? 0));
      });
      call.on("error", reject);
      call.end(method === "POST" ? JSON.stringify({ text: "LIST /x HTTP/1.1" }) : undefined);
    });

  const statuses: number[] = [];
  for (const method of ["LIST", "GET", "POST", "LIST", "LIST"]) statuses.push(await statusOf(method));

  assert.deepEqual(statuses, [200, 200, 200, 200, 200]);
  agent.destroy();
});

test("tells the plugin who calls, but not the token", async () => {
  await using running = await startScripted(() => ({}));
  const { host, requests } = running;
  await host.call("POST", "sys/mounts/p/tune", { body: { passthrough_request_headers: ["x-a", "x-vault-token"] } });

  await host.call("GET", "p/a", { headers: { "X-A": "1", "X-B": "2" } });

  const [request] = requests;
  assert.equal(request?.displayName, "root");
  assert.equal(request.mountPoint, "p/");
  assert.equal(request.mountType, "p");
  assert.match(request.mountAccessor ?? "", /^p_[0-9a-f]{8}$/);
  assert.equal(request.connection?.remoteAddr, "127.0.0.1");
  assert.deepEqual([...(request.headers ?? [])], [["X-A", ["1"]]]);
  assert.match(request.clientToken ?? "", /^[0-9a-f]{64}$/);
  assert.equal(JSON.stringify(request).includes(host.host.rootToken), false);
});

test("answers failures with their status and text", async () => {
  let failure: Error = new UserError("x");
  await using running = await startScripted(() => {
    throw failure;
  });
  const answerTo = async (error: Error) => {
    failure = error;
    const { status, body } = await running.host.call("GET", "p/a");
    return [status, body];
  };
  const listed = (text: string) => ({ errors: [`1 error occurred:\n\t* ${text}\n\n`] });

  assert.deepEqual(await answerTo(new UserError("bad x")), [400, { errors: ["bad x"] }]);
  assert.deepEqual(await answerTo(new UserError("bad x", { data: { a: 1 } })), [
    400,
    { errors: ["bad x"], data: { a: 1 } },
  ]);
  const kinds = [
    ["permission-denied", "permission denied", 403],
    ["unsupported-operation", "unsupported operation", 405],
    ["unsupported-path", "unsupported path", 404],
    ["invalid-request", "invalid request", 400],
    ["bad-request", "odd", 400],
    ["unknown", "boom", 500],
    ["unknown", "invalid credentials", 400],
    ["internal", "boom", 500],
    ["user", "boom", 500],
  ] as const;
  for (const [kind, text, status] of kinds)
    assert.deepEqual(await answerTo(new LogicalError(kind, text)), [status, listed(text)]);
  assert.deepEqual(await answerTo(new CodedError(409, "conflict")), [409, listed("conflict")]);
  assert.deepEqual(await answerTo(new LogicalError("permission-denied", "denied", { isResponse: true })), [
    403,
    { errors: ["denied"] },
  ]);
});

test("answers with 500 where a plugin names a status that cannot be sent, and goes on", async () => {
  let status = 0;
  await using running = await startScripted(() => {
    throw new CodedError(status, "odd");
  });
  const statusFor = async (given: number) => {
    status = given;
    return (await running.host.call("GET", "p/a")).status;
  };

  for (const odd of [0, -1, 99, 100, 101, 199, 1000, 4.5]) assert.equal(await statusFor(odd), 500);
  assert.equal(await statusFor(418), 418);
});

test("answers lists by what they hold", async () => {
  let response: Response | undefined;
  await using running = await startScripted(() => response);
  const statusOf = async (given: Response | undefined) => {
    response = given;
    return (await running.host.call("LIST", "p/a")).status;
  };

  assert.equal(await statusOf(undefined), 404);
  assert.equal(await statusOf({ data: {} }), 404);
  assert.equal(await statusOf({ data: {}, warnings: ["w"] }), 200);
  assert.equal(await statusOf({ data: { other: 1 } }), 200);
  assert.equal(await statusOf({ data: { keys: [] }, warnings: ["w"] }), 404);
  assert.equal(await statusOf({ data: { keys: [1] } }), 500);
  assert.equal(await statusOf({ data: { keys: ["a"] } }), 200);
});

test("passes answers on that a plugin wrote itself", async () => {
  let data: object = {};
  await using running = await startScripted(() => ({ data: { ...data } }));
  const answerTo = async (given: object) => {
    data = given;
    return running.host.call("GET", "p/a");
  };

  const raw = await answerTo({
    http_status_code: 418,
    http_content_type: "text/plain",
    http_raw_body: Buffer.from("tea").toString("base64"),
    http_raw_cache_control: "max-age=1",
  });
  const empty = await answerTo({ http_status_code: 204 });
  const untyped = await answerTo({ http_status_code: 200, http_raw_body: "x" });

  assert.deepEqual([raw.status, raw.text, raw.headers["content-type"]], [418, "tea", "text/plain"]);
  assert.equal(raw.headers["cache-control"], "max-age=1");
  assert.deepEqual([empty.status, empty.text], [204, ""]);
  assert.deepEqual([untyped.status, untyped.headers["x-vault-raw-error"]], [500, "no content type given"]);
});

test("refuses an answer that a plugin wrote itself and that hands out a lease [S108]", async () => {
  const data = { http_status_code: 200, http_content_type: "text/plain" };
  await using running = await startScripted(() => ({ data, secret: { ttl: 60 } }));

  const { status, text, headers } = await running.host.call("GET", "p/a");

  assert.deepEqual([status, text], [500, ""]);
  assert.equal(headers["x-vault-raw-error"], "raw responses cannot contain secrets or auth");
});

test("gives help without an envelope", async () => {
  await using running = await startScripted(() => ({ data: { help: "h", see_also: null, openapi: null } }));

  const { status, body } = await running.host.call("GET", "p/a?help=1");

  assert.deepEqual([status, body], [200, { help: "h", openapi: null, see_also: null }]);
});

test("redirects where a plugin says", async () => {
  await using running = await startScripted(() => ({ redirect: "https://example.com/" }));

  const { status, headers } = await running.host.call("GET", "p/a");

  assert.deepEqual([status, headers["location"]], [307, "https://example.com/"]);
});

test("lets only the allowed headers of an answer out", async () => {
  await using running = await startScripted(() => ({
    data: {},
    headers: new Map([
      ["X-Good", ["1"]],
      ["X-Bad", ["2"]],
    ]),
  }));
  await running.host.call("POST", "sys/mounts/p/tune", { body: { allowed_response_headers: "x-good" } });

  const { headers } = await running.host.call("GET", "p/a");

  assert.equal(headers["x-good"], "1");
  assert.equal(headers["x-bad"], undefined);
});

test("refuses bodies and headers that are not what they should be", async () => {
  await using running = await startScripted(() => ({}));
  const { host } = running;

  const json = await host.call("POST", "p/a", { body: "{not json" });
  const text = await host.call("POST", "p/a", { body: "<html>" });
  const list = await host.call("POST", "p/a", { body: "[1]" });
  const patch = await host.call("PATCH", "p/a", { body: {}, headers: { "Content-Type": "application/json" } });
  const untyped = await host.call("PATCH", "p/a", { body: {} });
  const slash = await host.call("POST", "p/a/", { body: {} });
  const query = await host.call("GET", "p/a?list=perhaps");
  const large = await host.call("POST", "p/a", { body: `{"a":"${"x".repeat(32 * 1024 * 1024)}"}` });

  assert.deepEqual([json.status, json.body.errors], [500, ["invalid character 'j' looking for beginning of value"]]);
  assert.deepEqual(
    [text.status, text.body.errors],
    [400, ["error parsing JSON: failed to parse JSON input: invalid character '<' looking for beginning of value"]],
  );
  assert.equal(list.status, 400);
  assert.deepEqual(
    [patch.status, patch.body.errors],
    [415, ["PATCH requires Content-Type of application/merge-patch+json, provided application/json"]],
  );
  assert.deepEqual([untyped.status, untyped.body.errors], [400, ["mime: no media type"]]);
  assert.deepEqual([slash.status, slash.body.errors], [400, ["cannot write to a path ending in '/'"]]);
  assert.deepEqual([query.status, query.body], [400, { errors: [] }]);
  assert.deepEqual([large.status, large.body.errors], [413, ["http: request body too large"]]);
});

test("cancels the call when the client goes away", async () => {
  const { promise: aborted, resolve } = Promise.withResolvers<void>();
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  const backend: Backend = {
    type: "secret",
    checkExistence: async () => undefined,
    async handleRequest({ operation }, { signal }) {
      if (operation !== "read") return undefined;
      signal.addEventListener("abort", () => resolve());
      arrive();
      await aborted;
      return {};
    },
  };
  await using host = await startTestHost({ p: { factory: () => backend } });
  await host.mount("secret", "p");
  const client = new AbortController();

  const call = host.call("GET", "p/a", { signal: client.signal });
  await arrived;
  client.abort();

  await assert.rejects(call);
  await aborted;
});
