import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { parseJson } from "../../ui/json.js";
import { pathsOf } from "../../ui/openapi.js";
import { callOf, curlOf } from "../../ui/request.js";

/** What a shell makes of a command that begins with `curl`. */
function argumentsOf(command: string, env: Readonly<Record<string, string>>): string[] {
  const shell = `curl() { printf '%s\\0' "$@"; }\n${command}`;
  return execFileSync("sh", ["-c", shell], { env: { ...process.env, ...env }, encoding: "utf8" })
    .split("\0")
    .slice(0, -1);
}

const origin = "http://127.0.0.1:8200";

test("writes a command that a shell reads as the call, with the token and the password in variables", () => {
  const body = { name: 'it\'s $HOME `id` \\ "q"\nsecond', password: "hunter2" };

  const headers = { "X-Name": "a'b" };
  const command = curlOf(origin, { method: "POST", path: "v1/kv/a%20b?x=1&y=2", headers, body }, ["password"]);

  assert.deepEqual(argumentsOf(command, { VAULT_TOKEN: "hvs.abc", PASSWORD: "hunter2" }), [
    "-sS",
    "-H",
    "X-Vault-Token: hvs.abc",
    "-H",
    "X-Name: a'b",
    "-d",
    JSON.stringify(body),
    "http://127.0.0.1:8200/v1/kv/a%20b?x=1&y=2",
  ]);
  assert.doesNotMatch(command, /hunter2/);
});

test("names the method where curl would take another, and the type of a patch", () => {
  const list = curlOf(origin, { method: "LIST", path: "v1/kv/" }, []);
  const patch = curlOf(origin, { method: "PATCH", path: "v1/kv/a", body: { a: null }, isWithoutToken: true }, []);

  assert.deepEqual(argumentsOf(list, { VAULT_TOKEN: "t" }), [
    "-sS",
    "-X",
    "LIST",
    "-H",
    "X-Vault-Token: t",
    "http://127.0.0.1:8200/v1/kv/",
  ]);
  assert.deepEqual(argumentsOf(patch, {}), [
    "-sS",
    "-X",
    "PATCH",
    "-H",
    "Content-Type: application/merge-patch+json",
    "-d",
    '{"a":null}',
    "http://127.0.0.1:8200/v1/kv/a",
  ]);
});

test("keeps the digits of integers that JavaScript cannot hold", () => {
  const body = parseJson('{"id":9007199254740993,"ratio":0.5,"count":3}');

  const command = curlOf(origin, { method: "POST", path: "v1/a", body }, []);

  assert.equal(argumentsOf(command, {}).at(-2), '{"id":9007199254740993,"ratio":0.5,"count":3}');
});

const document = {
  paths: {
    "/data/{path}": {
      parameters: [{ name: "path", in: "path", required: true, schema: { type: "string" }, description: "Where." }],
      get: {
        parameters: [
          { name: "version", in: "query", schema: { type: "integer" } },
          { name: "list", in: "query", schema: { type: "string" } },
          { name: "X-Snapshot", in: "header", schema: { type: "string" } },
        ],
      },
      post: {
        requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/DataRequest" } } } },
      },
      "x-vault-unauthenticated": true,
    },
    "/names/": {
      get: { parameters: [{ name: "list", in: "query", required: true, schema: { enum: ["true"] } }] },
      "x-vault-sudo": true,
    },
  },
  components: {
    schemas: {
      DataRequest: { required: ["kind"], properties: { kind: { type: "string", enum: ["a", "b"], default: "a" } } },
    },
  },
};

test("reads paths, operations and fields of a document", () => {
  const [data, names] = pathsOf(document);

  assert.deepEqual(
    data?.operations.map(({ method, fields }) => [method, fields.map(({ place, name }) => `${place} ${name}`)]),
    [
      ["GET", ["path path", "query version", "header X-Snapshot"]],
      ["LIST", ["path path", "query version", "header X-Snapshot"]],
      ["POST", ["path path", "body kind"]],
    ],
  );
  assert.deepEqual(
    names?.operations.map(({ method, fields }) => [method, fields]),
    [["LIST", []]],
  );
  assert.deepEqual([data?.needsNoToken, data?.needsSudo], [true, false]);
  assert.deepEqual([names?.needsNoToken, names?.needsSudo], [false, true]);
  assert.deepEqual(data?.operations.at(2)?.fields.at(1), {
    name: "kind",
    place: "body",
    type: "string",
    format: "",
    isRequired: true,
    isSensitive: false,
    isDeprecated: false,
    description: "",
    choices: ["a", "b"],
    fallback: "a",
  });
});

test("finds nothing in a document that is none", () => {
  assert.deepEqual(pathsOf(undefined), []);
  assert.deepEqual(pathsOf({ paths: [] }), []);
  assert.deepEqual(pathsOf({ paths: { "/a": null } }).at(0)?.operations, []);
});

test("puts what was filled in where it belongs, and keeps the slashes of a path", () => {
  const [path] = pathsOf(document);
  assert.ok(path);
  const [read, , write] = path.operations;
  assert.ok(read && write);
  const [where, version, snapshot] = read.fields;
  const kind = write.fields[1];
  assert.ok(where && version && snapshot && kind);

  const reading = callOf({
    mount: "team kv/",
    path,
    operation: read,
    values: new Map([
      [where, "a/b c"],
      [version, "2"],
      [snapshot, "7"],
    ]),
    others: {},
  });
  const writing = callOf({ mount: "kv/", path, operation: write, values: new Map([[kind, "b"]]), others: { more: 1 } });

  assert.deepEqual(reading, {
    method: "GET",
    path: "v1/team%20kv/data/a/b%20c?version=2",
    headers: { "X-Snapshot": "7" },
    isWithoutToken: true,
  });
  assert.deepEqual(writing, {
    method: "POST",
    path: "v1/kv/data/{path}",
    body: { kind: "b", more: 1 },
    isWithoutToken: true,
  });
});
