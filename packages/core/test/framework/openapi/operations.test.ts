import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { path, secretsEngine, t } from "../../../src/index.ts";
import { harness } from "../../../src/testing/index.ts";
import { documented } from "./documented.ts";

const answer = () => ({ data: {} });
const exists = () => true;
const hosts = ["vault", "openbao"] as const;
const wanted = {
  name: "list",
  description: "Must be set to `true`",
  in: "query",
  schema: { type: "string", enum: ["true"] },
  required: true,
};

describe("a write", () => {
  test("that may create is one POST, named as an update [S141]", async () => {
    for (const host of hosts) {
      const { paths } = await documented([path("x", { summary: "", fields: {}, exists, write: answer })], { host });
      assert.equal(paths["/x"]?.post?.operationId, "test-write-x");
      assert.equal(paths["/x"]?.["x-vault-createSupported"], true);
    }
  });

  test("that documents leave out does not say that it may create [S143]", async () => {
    const write = { unpublished: true, handler: answer };
    for (const host of hosts) {
      const { paths } = await documented([path("x", { summary: "", fields: {}, exists, write })], { host });
      assert.deepEqual(paths, { "/x": {} });
    }
  });

  test("shows the data of its first example [S153]", async () => {
    const examples = [{ description: "First.", data: { a: "1" } }, { data: { a: "2" } }];
    const update = { examples, handler: answer };
    for (const host of hosts) {
      const { components } = await documented([path("x", { summary: "", fields: { a: t.string() }, update })], {
        host,
      });
      assert.deepEqual(components.schemas["TestWriteXRequest"]?.example, { a: "1" });
    }
  });

  test("that accepts anything says so in Vault, without a name if it has no fields", async () => {
    const open = { summary: "", acceptsAnything: true, update: answer };
    const paths = [path("x", { ...open, fields: {} }), path("y", { ...open, fields: { a: t.string() } })];

    const vault = await documented(paths);
    const openbao = await documented(paths, { host: "openbao" });

    const inline = { "application/json": { schema: { type: "object", additionalProperties: true } } };
    assert.deepEqual(vault.paths["/x"]?.post?.requestBody, { required: true, content: inline });
    assert.equal(vault.components.schemas["TestWriteYRequest"]?.additionalProperties, true);
    assert.equal(openbao.paths["/x"]?.post?.requestBody, undefined);
    assert.equal(openbao.components.schemas["TestWriteYRequest"]?.additionalProperties, undefined);
  });

  test("of no field has a body in OpenBao if there is an example", async () => {
    const update = { examples: [{ data: { free: 1 } }], handler: answer };
    const paths = [path("x", { summary: "", fields: {}, update })];

    const { components } = await documented(paths, { host: "openbao" });

    assert.deepEqual(components.schemas, { TestWriteXRequest: { type: "object", example: { free: 1 } } });
    assert.deepEqual((await documented(paths)).components.schemas, {});
  });
});

describe("answers", () => {
  test("that nobody described are 204 to a delete and 200 to all else [S144]", async () => {
    const all = { read: answer, update: answer, patch: answer, delete: answer };
    for (const host of hosts) {
      const item = (await documented([path("x", { summary: "", fields: {}, ...all })], { host })).paths["/x"];
      assert.deepEqual(item?.delete?.responses, { 204: { description: "empty body" } });
      for (const method of [item?.get, item?.post, item?.patch])
        assert.deepEqual(method?.responses, { 200: { description: "OK" } });
    }
  });

  test("with fields have a schema, in which nothing is required [S154]", async () => {
    const read = { returns: { a: t.string({ required: true }) }, handler: answer };
    for (const host of hosts) {
      const { paths, components } = await documented([path("x", { summary: "", fields: {}, read })], { host });
      const schema = { $ref: "#/components/schemas/TestReadXResponse" };
      assert.deepEqual(paths["/x"]?.get?.responses["200"], {
        description: "OK",
        content: { "application/json": { schema } },
      });
      assert.deepEqual(components.schemas["TestReadXResponse"], {
        type: "object",
        properties: { a: { type: "string" } },
      });
    }
  });

  test("have the first description and the first example of a media type, until fields replace them", async () => {
    const responses = {
      202: [
        { description: "Soon.", example: { data: { id: 1 } } },
        { description: "Never shown.", example: { data: { id: 2 } } },
        { description: "", mediaType: "text/plain", example: { warnings: ["w"] } },
      ],
      206: [
        { description: "Part.", example: { data: { id: 3 } } },
        { description: "", fields: { a: t.int() }, schemaName: "Part" },
      ],
    };
    const paths = [path("x", { summary: "", fields: {}, read: { responses, handler: answer } })];

    const vault = (await documented(paths)).paths["/x"]?.get?.responses;
    const openbao = await documented(paths, { host: "openbao" });

    assert.deepEqual(vault?.["202"], {
      description: "Soon.",
      content: {
        "application/json": { schema: { example: { data: { id: 1 } } } },
        "text/plain": { schema: { example: { warnings: ["w"] } } },
      },
    });
    assert.deepEqual(vault?.["206"]?.content, {
      "application/json": { schema: { $ref: "#/components/schemas/TestReadXResponse" } },
    });
    assert.deepEqual(Object.keys(openbao.components.schemas), ["Part"]);
  });

  test("whose schema another answer named first share it in OpenBao", async () => {
    const named = (field: string) => ({
      summary: "",
      fields: {},
      read: {
        responses: { 200: { description: "", fields: { [field]: t.int() }, schemaName: "It" } },
        handler: answer,
      },
    });

    const { components } = await documented([path("x", named("a")), path("y", named("b"))], { host: "openbao" });

    assert.deepEqual(components.schemas, { It: { type: "object", properties: { a: { type: "integer" } } } });
  });

  test("with a status that is none, or described twice, are refused when the path is made", () => {
    const refused = (responses: Record<number, { description: string }>, returns?: Record<never, never>) => () =>
      path("x", { summary: "", fields: {}, read: { responses, ...(returns ? { returns } : {}), handler: answer } });

    assert.throws(refused({ 42: { description: "" } }), /path "x": read: 42 is no HTTP status/);
    assert.throws(refused({ 200: { description: "" } }, {}), /returns and responses both describe status 200/);
  });
});

describe("a list", () => {
  const list = path("x", { summary: "", fields: {}, list: answer });
  const both = path("x", { summary: "", fields: {}, list: answer, read: answer });

  test("alone is a GET that must ask for it, under the path with a slash in Vault [S149]", async () => {
    const vault = await documented([list]);
    const openbao = await documented([list], { host: "openbao" });

    assert.deepEqual(Object.keys(vault.paths), ["/x/"]);
    assert.deepEqual(vault.paths["/x/"]?.get?.parameters, [wanted]);
    assert.deepEqual(Object.keys(openbao.paths), ["/x"]);
    assert.deepEqual(openbao.paths["/x"]?.get?.parameters, [wanted]);
  });

  test("beside a read is a path of its own in Vault, a choice of the read in OpenBao [S150]", async () => {
    const vault = await documented([both]);
    const openbao = await documented([both], { host: "openbao" });

    assert.equal(vault.paths["/x"]?.get?.operationId, "test-read-x");
    assert.equal(vault.paths["/x"]?.get?.parameters, undefined);
    assert.equal(vault.paths["/x/"]?.get?.operationId, "test-list-x");
    assert.deepEqual(Object.keys(openbao.paths), ["/x"]);
    assert.deepEqual(openbao.paths["/x"]?.get?.parameters, [
      { name: "list", description: "Return a list if `true`", in: "query", schema: { type: "string" } },
    ]);
  });

  test("is all that Vault shows of a path that must end in a slash, with a warning", async () => {
    const odd = path(/x\//, { summary: "", fields: {}, list: answer, read: answer });
    const mount = await harness(() => secretsEngine({ help: "", paths: [odd] }));

    const { paths } = await documented([odd]);
    await mount.help("");

    assert.deepEqual(Object.keys(paths), ["/x/"]);
    assert.equal(paths["/x/"]?.get?.operationId, "test-list-x");
    assert.deepEqual(
      mount.logs.map(({ level, fields }) => [level, fields["path"]]),
      [["warn", "x/"]],
    );
  });

  test("has a scan beside it in OpenBao only", async () => {
    const get = async (more: object) => {
      const made = path("x", { summary: "", fields: {}, scan: answer, ...more });
      const { parameters = [], operationId } = (await documented([made], { host: "openbao" })).paths["/x"]?.get ?? {};
      return [operationId, ...parameters.map(({ name, description }) => `${name}: ${description}`)];
    };

    assert.deepEqual(await get({}), ["test-scan-x", "scan: Must be set to `true`"]);
    assert.deepEqual(await get({ list: answer }), [
      "test-list-x",
      "scan: Must be set to `true` or else `list` must be set to `true`",
      "list: Must be set to `true` or else `scan` must be set to `true`",
    ]);
    assert.deepEqual(await get({ list: answer, read: answer }), [
      "test-read-x",
      "list: Return a list if `true`",
      "scan: Return a recursive list if `true`",
    ]);
  });
});
