import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { path, secretsEngine, t } from "../../../src/index.ts";
import { harness } from "../../../src/testing/index.ts";
import { documented } from "./documented.ts";
import { workedExample } from "./worked-example.ts";

const answer = () => ({ data: {} });
const hosts = ["vault", "openbao"] as const;

describe("the document of the worked example", () => {
  for (const host of hosts)
    test(`is that of ${host} [S157]`, async () => {
      const file = new URL(`worked-example.${host}.json`, import.meta.url);

      const made = await documented(workedExample, { host, prefix: "demo" });

      assert.deepEqual(made, JSON.parse(readFileSync(file, "utf8")));
    });
});

describe("the document of an answer to help", () => {
  test("is beside the text, with nothing to see also [S137]", async () => {
    const mount = await harness(() => secretsEngine({ help: "", paths: workedExample }));

    for (const path of ["", "roles"]) {
      const data = (await mount.request("help", path))?.data;
      assert.deepEqual(Object.keys(data ?? {}).sort(), ["help", "openapi", "see_also"]);
      assert.equal(data?.["see_also"], null);
    }
  });

  test("holds all paths at the root, and one path's own elsewhere", async () => {
    const root = await documented(workedExample, { host: "openbao" });
    const creds = await documented(workedExample, { host: "openbao", path: "creds/x" });

    assert.equal(Object.keys(root.paths).length, 5);
    assert.deepEqual(Object.keys(creds.paths), ["/creds", "/creds/{name}"]);
  });

  test("names operations after the path alone when the host says no type", async () => {
    const mount = await harness(() =>
      secretsEngine({ help: "", paths: [path("x", { summary: "", fields: {}, read: answer })] }),
    );

    const help = await mount.request("help", "", { requestResponsePrefix: 7 });

    assert.match(JSON.stringify(help?.data), /"operationId":"read-x"/);
  });

  test("is not given when the host does not tell its version", async () => {
    const mount = await harness(() => secretsEngine({ help: "", paths: workedExample }));
    Object.assign(mount.system, { pluginEnvironment: async () => Promise.reject(new Error("no version")) });

    for (const path of ["", "roles"]) await assert.rejects(mount.request("help", path), /internal error/);
  });
});

describe("the document of a plugin", () => {
  test("tags secrets engines and auth methods, the only types that there are [S152]", async () => {
    const paths = [path("x", { summary: "", fields: {}, read: answer })];

    assert.deepEqual((await documented(paths)).paths["/x"]?.get?.tags, ["secrets"]);
    assert.deepEqual((await documented(paths, { type: "auth" })).paths["/x"]?.get?.tags, ["auth"]);
  });

  test("marks the paths that need more than a token, or none [S151]", async () => {
    const creds = path("creds/:name?", { summary: "", fields: { name: t.name() }, read: answer });
    const roles = path("roles/:name", { summary: "", fields: { name: t.name() }, read: answer });
    const specialPaths = { root: ["creds*"], unauthenticated: ["roles/+"] };

    for (const host of hosts) {
      const { paths } = await documented([creds, roles], { host, more: { specialPaths } });
      assert.equal(paths["/creds"]?.["x-vault-sudo"], true);
      assert.equal(paths["/creds/{name}"]?.["x-vault-sudo"], true);
      assert.equal(paths["/roles/{name}"]?.["x-vault-unauthenticated"], true);
      assert.equal(paths["/roles/{name}"]?.["x-vault-sudo"], undefined);
    }
  });

  test("shows a pattern that stands for no list of paths as it is, without operations [S139]", async () => {
    for (const host of hosts) {
      const { paths } = await documented(
        [path(/raw\/.*/, { summary: "Raw.", fields: { a: t.string() }, exists: () => true, write: answer })],
        { host },
      );
      assert.deepEqual(paths, { "/^raw/.*$": { description: "Raw." } });
    }
  });

  test("shows the last of several definitions of a path, and logs it", async () => {
    const first = path(/x/, { summary: "First.", fields: {}, read: answer });
    const second = path(/(x)/, { summary: "Second.", fields: {}, read: answer });
    const mount = await harness(() => secretsEngine({ help: "", paths: [first, second] }));

    const help = await mount.request("help", "");

    assert.match(JSON.stringify(help?.data?.["openapi"]), /"description":"Second."/);
    assert.equal(mount.logs.filter(({ level }) => level === "warn").length, 1);
  });

  test("writes descriptions in one line, which help does not [S156]", async () => {
    const fields = { a: t.string({ description: "  Some\n\ttext. ", query: true }) };
    const paths = [path("x", { summary: " Two\n  lines. ", fields, read: answer })];
    const mount = await harness(() => secretsEngine({ help: "", paths }));

    const item = (await documented(paths, { host: "openbao" })).paths["/x"];

    assert.equal(item?.description, "Two lines.");
    assert.equal(item?.parameters?.[0]?.description, "Some text.");
    assert.match(await mount.help("x"), /\n\nTwo\n {2}lines\.\n\n.*\n {8}Some\n {8}\ttext\.\n/s);
  });
});
