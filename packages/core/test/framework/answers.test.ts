import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  entries,
  list,
  matchingKeys,
  pageFields,
  path,
  type RawAnswer,
  type Response,
  rawResponse,
  respondWithStatus,
  t,
} from "../../src/index.ts";
import { mounted } from "./sample.ts";

describe("a list", () => {
  test("has its keys", () => {
    assert.deepEqual(list(["a", "b"]), { data: { keys: ["a", "b"] } });
  });

  test("that is empty has no keys [S100]", () => {
    assert.deepEqual(list([]), { data: {} });
    assert.deepEqual(list([], { a: 1 }), { data: {} });
  });

  test("tells more of the keys that it has [S101]", () => {
    assert.deepEqual(list(["a"], { a: 1, b: 2 }), { data: { keys: ["a"], key_info: { a: 1 } } });
    assert.deepEqual(list(["a", "toString"], { a: 1 }), { data: { keys: ["a", "toString"], key_info: { a: 1 } } });
    assert.deepEqual(list(["a"], { b: 2 }), { data: { keys: ["a"] } });
  });

  test("is asked for with a slash, by OpenBao also of all levels at once", async () => {
    const listing = path("roles", {
      summary: "",
      fields: {},
      list: () => list(["a/"]),
      scan: () => list(["a/b"]),
    });
    const mount = await mounted([listing]);

    assert.deepEqual((await mount.request("list", "roles/"))?.data, { keys: ["a/"] });
    assert.deepEqual((await mount.request("scan", "roles/"))?.data, { keys: ["a/b"] });
  });

  test("comes in pages in one line", async () => {
    const roles = entries<object>("roles/");
    const listing = path("roles", {
      summary: "",
      fields: pageFields,
      list: async ({ fields, storage }) => list(await roles.list(storage, fields)),
    });
    const mount = await mounted([listing]);
    for (const name of ["a", "b", "c", "d"]) await roles.put(mount.storage, name, {});

    assert.deepEqual((await mount.list("roles"))?.data, { keys: ["a", "b", "c", "d"] });
    assert.deepEqual((await mount.list("roles", { after: "a", limit: "2" }))?.data, { keys: ["b", "c"] });
    assert.deepEqual((await mount.list("roles", { limit: "0" }))?.data, { keys: ["a", "b", "c", "d"] });
  });
});

describe("keys match a pattern", () => {
  const keys = ["a", "ab", "abc", "cba", "b/a"];
  const cases: readonly [string | undefined, readonly string[]][] = [
    [undefined, keys],
    ["", keys],
    ["*", keys],
    ["a", ["a"]],
    ["a*", ["a", "ab", "abc"]],
    ["*a", ["a", "cba", "b/a"]],
    ["*b*", ["ab", "abc", "cba", "b/a"]],
    ["a*c", ["abc"]],
    ["a*b*c*", ["abc"]],
    ["a*a", []],
    ["a.", []],
    ["**", keys],
  ];
  for (const [pattern, matching] of cases)
    test(String(pattern), () => {
      assert.deepEqual(matchingKeys(keys, pattern), matching);
    });
});

describe("a raw answer", () => {
  test("is sent as base64, since hosts decode any text that could be it", () => {
    assert.deepEqual(rawResponse({ status: 404, contentType: "application/json", body: "test" }), {
      data: { http_status_code: 404, http_content_type: "application/json", http_raw_body: "dGVzdA==" },
    });
  });

  test("may be bytes, and may have all headers that hosts pass on", () => {
    const answer = { cacheControl: "max-age=1", pragma: "no-cache", wwwAuthenticate: "Basic" };

    assert.deepEqual(rawResponse({ status: 401, contentType: "x/y", body: Uint8Array.of(255), ...answer }), {
      data: {
        http_status_code: 401,
        http_content_type: "x/y",
        http_raw_body: "/w==",
        http_raw_cache_control: "max-age=1",
        http_raw_pragma: "no-cache",
        http_www_authenticate: "Basic",
      },
    });
  });

  test("may be nothing", () => {
    assert.deepEqual(rawResponse({ status: 204 }), { data: { http_status_code: 204 } });
  });

  test("is refused where hosts would refuse it", () => {
    const without = { status: 200 };

    // Callers without types can leave it out.
    assert.throws(() => rawResponse(without as RawAnswer), { message: "a raw answer needs a content type" });
    for (const status of [0, 199, 600, 200.5, Number.NaN])
      assert.throws(() => rawResponse({ status, contentType: "x/y" }), RangeError);
  });
});

describe("an answer with a status of its own", () => {
  const members = { http_status_code: 201, http_content_type: "application/json" };

  test("has no body where there is nothing to say [S102]", () => {
    assert.deepEqual(respondWithStatus({ id: "r1" }, 204), { data: { ...members, http_status_code: 204 } });
  });

  test("has the form of all other answers, with the id of the request [S103]", () => {
    const answer = { data: { b: { d: 1, c: ["<"] }, a: 2n ** 60n }, warnings: ["careful"] };
    const text =
      '{"request_id":"r1","lease_id":"","renewable":false,"lease_duration":0,' +
      '"data":{"a":1152921504606846976,"b":{"c":["\\u003c"],"d":1}},' +
      '"wrap_info":null,"warnings":["careful"],"auth":null,"mount_type":""}';

    const { data } = respondWithStatus({ id: "r1" }, 201, answer);

    assert.deepEqual(data, { ...members, http_raw_body: Buffer.from(text).toString("base64") });
  });

  test("takes data of the author's own interface", () => {
    interface Made {
      readonly made: boolean;
    }
    const made: Made = { made: true };

    const { data } = respondWithStatus({ id: "r1" }, 201, { data: made });

    assert.match(Buffer.from(String(data?.["http_raw_body"]), "base64").toString(), /"data":\{"made":true\}/);
  });

  test("may say that there is no data", () => {
    const { data } = respondWithStatus({ id: "r1" }, 201, {});

    const body: unknown = JSON.parse(Buffer.from(String(data?.["http_raw_body"]), "base64").toString());
    assert.deepEqual(body, {
      ...{ request_id: "r1", lease_id: "", renewable: false, lease_duration: 0, data: null },
      ...{ wrap_info: null, warnings: null, auth: null, mount_type: "" },
    });
  });
});

describe("what a handler gives reaches the host", () => {
  const read = async (response: Response | undefined) =>
    (await mounted([path("x", { summary: "", fields: {}, read: () => response })])).read("x");

  test("with headers, a redirect, and the wish to be wrapped", async () => {
    const response = {
      headers: new Map([["X-Kind", ["a", "b"]]]),
      redirect: "https://example.com/",
      wrapInfo: { ttl: 60, format: "jwt", sealWrap: true },
    };

    assert.deepEqual(await read(response), response);
  });

  test("with a warning as often as it was given [S116]", async () => {
    assert.deepEqual(await read({ warnings: ["same", "same"] }), { warnings: ["same", "same"] });
  });

  test("as a failure where hosts take it for one [S99]", async () => {
    await assert.rejects(read({ data: { error: "x" } }), { kind: "user", message: "x" });
    await assert.rejects(read({ data: { error: "x", data: {} } }), { kind: "user", message: "x", data: {} });
    for (const data of [{ error: "x", a: 1 }, { error: null }, { error: "x", data: null }])
      assert.deepEqual(await read({ data }), { data });
    assert.equal(await read(undefined), undefined);
  });

  test("for HEAD, too", async () => {
    const headed = path("x", {
      summary: "",
      fields: { name: t.string() },
      header: ({ fields }) => (fields.name === "known" ? { headers: new Map([["X-Size", ["1"]]]) } : undefined),
    });
    const mount = await mounted([headed]);

    assert.deepEqual(await mount.request("header", "x", { name: "known" }), { headers: new Map([["X-Size", ["1"]]]) });
    assert.equal(await mount.request("header", "x"), undefined);
  });
});
