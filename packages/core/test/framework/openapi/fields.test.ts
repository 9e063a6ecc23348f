import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { path, t } from "../../../src/index.ts";
import { documented } from "./documented.ts";

const answer = () => ({ data: {} });
const hosts = ["vault", "openbao"] as const;

describe("a field in a document", () => {
  test("of a duration is a number in OpenBao, a text in Vault [S145]", async () => {
    const fields = { ttl: t.seconds(), skew: t.signedSeconds() };
    const paths = [path("x", { summary: "", fields, update: answer })];

    const vault = (await documented(paths)).components.schemas["TestWriteXRequest"];
    const openbao = (await documented(paths, { host: "openbao" })).components.schemas["TestWriteXRequest"];

    const text = { type: "string", format: "duration" };
    const number = { type: "integer", format: "seconds" };
    assert.deepEqual(vault?.properties, { ttl: text, skew: text });
    assert.deepEqual(openbao?.properties, { ttl: number, skew: number });
  });

  test("has the type of its kind", async () => {
    const fields = {
      string: t.string(),
      lower: t.lowerCaseString(),
      name: t.name(),
      mail: t.nameWithAt(),
      int: t.int(),
      int64: t.int64(),
      bool: t.bool(),
      map: t.map(),
      list: t.list(),
      strings: t.strings(),
      commaStrings: t.commaStrings(),
      commaInts: t.commaInts(),
      pairs: t.pairs(),
      header: t.header(),
      float: t.float(),
      time: t.time(),
      oneOf: t.oneOf(["a", "b"]),
    };
    const { components } = await documented([path("x", { summary: "", fields, update: answer })]);

    assert.deepEqual(components.schemas["TestWriteXRequest"]?.properties, {
      string: { type: "string" },
      lower: { type: "string", format: "lowercase" },
      name: { type: "string", pattern: "\\w([\\w-.]*\\w)?" },
      mail: { type: "string" },
      int: { type: "integer" },
      int64: { type: "integer", format: "int64" },
      bool: { type: "boolean" },
      map: { type: "object", format: "map" },
      list: { type: "array", items: { type: "object" } },
      strings: { type: "array", items: { type: "string" } },
      commaStrings: { type: "array", items: { type: "string" } },
      commaInts: { type: "array", items: { type: "integer" } },
      pairs: { type: "object", format: "kvpairs" },
      header: { type: "string" },
      float: { type: "number", format: "float" },
      time: { type: "string", format: "date-time" },
      oneOf: { type: "string", enum: ["a", "b"] },
    });
  });

  test("in the path has no format [S146]", async () => {
    for (const host of hosts) {
      const { paths } = await documented([path("x/:id", { summary: "", fields: { id: t.int64() }, read: answer })], {
        host,
      });
      assert.deepEqual(paths["/x/{id}"]?.parameters, [
        { name: "id", in: "path", schema: { type: "integer" }, required: true },
      ]);
    }
  });

  test("of the query is one of all operations in OpenBao, of those without a body in Vault [S147]", async () => {
    const all = { read: answer, update: answer, patch: answer, delete: answer, list: answer };
    const paths = [path("x", { summary: "", fields: { q: t.bool({ query: true, default: false }) }, ...all })];

    const vault = await documented(paths);
    const openbao = await documented(paths, { host: "openbao" });

    const q = { name: "q", in: "query", schema: { type: "boolean", default: false } };
    const item = vault.paths["/x"];
    assert.equal(item?.parameters, undefined);
    for (const method of [item?.get, item?.delete]) assert.deepEqual(method?.parameters, [q]);
    assert.deepEqual(
      vault.paths["/x/"]?.get?.parameters?.map(({ name }) => name),
      ["list", "q"],
    );
    for (const name of ["TestWriteXRequest", "TestPatchXRequest"])
      assert.deepEqual(vault.components.schemas[name]?.properties, { q: { type: "boolean", default: false } });
    assert.deepEqual(openbao.paths["/x"]?.parameters, [q]);
    assert.deepEqual(openbao.components.schemas, {});
  });

  test("that this path lacks is in the body in OpenBao, and nowhere in Vault [S148]", async () => {
    const paths = [path("x/:name?", { summary: "", fields: { name: t.name() }, update: answer })];

    const vault = await documented(paths);
    const openbao = await documented(paths, { host: "openbao" });

    assert.equal(vault.paths["/x"]?.post?.requestBody, undefined);
    assert.deepEqual(vault.components.schemas, {});
    assert.deepEqual(Object.keys(openbao.components.schemas["TestWriteXRequest"]?.properties ?? {}), ["name"]);
  });

  test("shows hints but for those that name operations, which alone are none [S155]", async () => {
    const fields = {
      a: t.string({ display: { operationPrefix: "p", operationVerb: "v", operationSuffix: "s" } }),
      b: t.string({ display: { operationPrefix: "p", name: "B", value: "", sensitive: false, editType: "file" } }),
    };
    const display = { operationSuffix: "things" };
    for (const host of hosts) {
      const { paths, components } = await documented([path("x", { summary: "", display, fields, update: answer })], {
        host,
      });
      assert.equal(paths["/x"]?.["x-vault-displayAttrs"], undefined);
      assert.deepEqual(components.schemas["TestWriteThingsRequest"]?.properties, {
        a: { type: "string" },
        b: { type: "string", "x-vault-displayAttrs": { name: "B", value: "", editType: "file" } },
      });
    }
  });
});
