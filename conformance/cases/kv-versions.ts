import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Answer } from "../client.ts";
import { expectRefusal, expectStatus, expectText } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { tokenFor } from "../mounts.ts";
import { verifies } from "../verifies.ts";
import { useVersionedMount } from "./kv-upgrade.ts";

const nothing = { errors: [] };

/** Values of KV version 2: writing, reading, deleting and their conditions. */
export function kvVersionCases(server: () => ServerUnderTest): void {
  describe("kv version 2: values", () => {
    const mount = useVersionedMount(server);

    /** Writes a value and gives the answer. */
    const put = (key: string, body: object): Promise<Answer> => {
      const { client, path } = mount();
      return client.write(`${path}/data/${key}`, body);
    };
    const get = (key: string): Promise<Answer> => {
      const { client, path } = mount();
      return client.read(`${path}/data/${key}`);
    };

    test("a write makes a version, and a read shows it", async () => {
      verifies("K16", "K17", "K18", "K26", "K34", "K54", "K55");
      const { client, path } = mount();

      const first = expectStatus(await put("a/b", { data: { a: 1 } }), 200);
      expectStatus(await client.request("PUT", `${path}/data/a/b`, { body: { data: { a: 2 } } }), 200);

      assert.match(expectText(first, "data", "created_time"), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/);
      const facts = { version: 1, created_time: first.at("data", "created_time"), deletion_time: "" };
      assert.deepEqual(first.at("data"), { ...facts, destroyed: false, custom_metadata: null });
      const current = expectStatus(await get("a/b"), 200);
      assert.deepEqual(current.at("data", "data"), { a: 2 });
      assert.equal(current.at("data", "metadata", "version"), 2);
      assert.equal(current.at("lease_id"), "");
      assert.equal(current.at("renewable"), false);
      assert.deepEqual((await get("a/b?version=1")).at("data", "data"), { a: 1 });
    });

    test("a body that is none is refused", async () => {
      verifies("K19", "K20", "K23", "K27", "K58");

      expectRefusal(await put("bad", {}), 400, "no data provided");
      expectRefusal(await put("bad", { a: "b" }), 400, "no data provided");
      expectRefusal(await put("bad", { data: "str" }), 400, 'error converting input for field "data":');
      expectRefusal(await put("", { data: {} }), 400, "cannot write to a path ending in '/'");
      const refused = expectRefusal(await get("bad?version=abc"), 400);
      assert.match(refused.errors[0] ?? "", /^Field validation failed: error converting input for field "version":/);
    });

    test("an empty object and null are values", async () => {
      verifies("K21", "K22");

      for (const data of [{}, null]) {
        expectStatus(await put("empty", { data }), 200);
        assert.deepEqual(expectStatus(await get("empty"), 200).at("data", "data"), data);
      }
    });

    test("members that mean nothing are warned of", async () => {
      verifies("K24", "K25", "K52", "K66");

      const unknown = expectStatus(await put("warned", { data: {}, zz: 1, extra: 2, options: { other: 1 } }), 200);
      const path = expectStatus(await put("warned", { data: {}, path: "other" }), 200);
      const query = expectStatus(await get("warned?bogus=1"), 200);

      const text = "Endpoint ignored these unrecognized parameters:";
      assert.deepEqual(unknown.at("warnings"), [`${text} [extra zz]`]);
      assert.match(String(path.at("warnings", 0)), /\[path\]$/);
      assert.deepEqual(query.at("warnings"), [`${text} [bogus]`]);
      assert.deepEqual(expectStatus(await get("other"), 404).body, nothing);
    });

    test("values keep their types, and integers are rounded by the server alone", async () => {
      verifies("K28", "K29");
      const { client, path } = mount();
      const data = { n: 1, t: true, l: [1, "x"], o: { p: null } };

      await put("types", { data });
      assert.deepEqual((await get("types")).at("data", "data"), data);
      const headers = { "X-Vault-Token": server().rootToken };
      await fetch(`${server().address}/v1/${path}/data/big`, {
        method: "POST",
        headers,
        body: '{"data":{"n":9007199254740993}}',
      });

      assert.equal((await client.read(`${path}/data/big`)).at("data", "data", "n"), 9007199254740992);
    });

    test("paths of version 1 are explained", async () => {
      verifies("K15", "K32", "K33", "K64", "K67", "K173", "K174");
      const { client, path } = mount();
      await put("slash", { data: {} });
      const hints: [Promise<Answer>, string][] = [
        [client.write(`${path}/foo`, { a: "b" }), "kv put'"],
        [client.read(`${path}/foo`), "kv get'"],
        [client.read(`${path}/data/slash/`), "kv get'"],
        [client.list(`${path}/config`), "kv list'"],
        [client.write(`${path}/data`, { data: {} }), "Non-listing operations on the root"],
      ];

      for (const [asked, hint] of hints) {
        const answer = expectStatus(await asked, 404);
        assert.equal(answer.at("data"), null);
        assert.ok(expectText(answer, "warnings", 0).includes(hint), `${JSON.stringify(answer.body)} lacks ${hint}`);
        assert.equal(answer.at("errors"), undefined);
      }
      const listed = await client.list(`${path}/data`);
      assert.match(String(listed.at("warnings", 0)), /^Invalid path for a versioned K\/V secrets engine\./);
    });

    test("a write can name the version that it follows", async () => {
      verifies("K35", "K36", "K37", "K38", "K39", "K40", "K41", "K42", "K43");
      const checked = (key: string, cas: unknown) => put(key, { data: {}, options: { cas } });
      const mismatch = "check-and-set parameter did not match the current version";

      expectStatus(await checked("cas", 0), 200);
      expectRefusal(await checked("cas", 0), 400, mismatch);
      expectStatus(await checked("cas", 1), 200);
      expectStatus(await checked("cas", "2"), 200);
      for (const cas of ["abc", {}]) expectRefusal(await checked("cas", cas), 400, "error parsing check-and-set");
      for (const cas of ["", -1]) expectRefusal(await checked("cas", cas), 400, mismatch);
      assert.equal(expectStatus(await checked("cas-null", null), 200).at("data", "version"), 1);
    });

    test("of many writes that follow the same version, one succeeds", async () => {
      verifies("K51");

      const answers = await Promise.all(
        Array.from({ length: 20 }, () => put("race", { data: {}, options: { cas: 0 } })),
      );

      assert.equal(answers.filter(({ status }) => status === 200).length, 1);
      for (const answer of answers.filter(({ status }) => status !== 200))
        expectRefusal(answer, 400, "check-and-set parameter did not match the current version");
    });

    test("create and update are told apart by whether there is metadata", async () => {
      verifies("K30", "K31");
      const { client, path } = mount();
      const creator = await tokenFor(client, "kv2-create", `path "${path}/data/*" { capabilities = ["create"] }`);

      expectStatus(await creator.write(`${path}/data/guarded`, { data: {} }), 200);
      expectStatus(await creator.write(`${path}/data/guarded`, { data: {} }), 403);
      expectStatus(await client.write(`${path}/metadata/settings`, { max_versions: 3 }), 204);
      expectStatus(await creator.write(`${path}/data/settings`, { data: {} }), 403);
    });

    test("what is not there, and what has no value to show, is not found", async () => {
      verifies("K53", "K57", "K59", "K61", "K62", "K63");
      const { client, path } = mount();
      for (const n of [1, 2, 3]) await put("gone", { data: { n } });
      await client.delete(`${path}/data/gone`);
      await client.write(`${path}/destroy/gone`, { versions: [2] });
      await client.write(`${path}/metadata/only`, { max_versions: 3 });

      for (const key of ["none", "gone?version=99", "only"])
        assert.deepEqual(expectStatus(await get(key), 404).body, nothing);
      const deleted = expectStatus(await get("gone"), 404);
      assert.equal(deleted.at("data", "data"), null);
      expectText(deleted, "data", "metadata", "deletion_time");
      expectText(deleted, "request_id");
      assert.equal(deleted.at("errors"), undefined);
      assert.equal(expectStatus(await get("gone?version=2"), 404).at("data", "metadata", "destroyed"), true);
      assert.deepEqual(expectStatus(await get("gone?version=1"), 200).at("data", "data"), { n: 1 });
    });

    test("versions are deleted, brought back and destroyed", async () => {
      verifies("K68", "K70", "K74", "K75", "K76", "K77", "K78", "K79", "K80", "K81", "K84", "K85", "K86", "K87", "K89");
      const { client, path } = mount();
      for (const n of [1, 2, 3]) await put("life", { data: { n } });
      const post = (operation: string, versions: unknown, key = "life") =>
        client.write(`${path}/${operation}/${key}`, { versions });

      for (const versions of [[1, 2], "1,2", ["1", "2"], 1]) expectStatus(await post("delete", versions), 204);
      expectStatus(await get("life?version=1"), 404);
      expectStatus(await post("undelete", [1]), 204);
      expectStatus(await get("life?version=1"), 200);
      expectStatus(await client.request("PUT", `${path}/destroy/life`, { body: { versions: [2] } }), 204);
      expectStatus(await post("destroy", [2]), 204);
      expectStatus(await post("undelete", [2]), 204);
      expectStatus(await get("life?version=2"), 404);
      for (const operation of ["delete", "undelete", "destroy"]) {
        expectStatus(await post(operation, [99]), 204);
        expectStatus(await post(operation, [1], "none"), 204);
        expectStatus(await client.read(`${path}/${operation}/life`), 405);
        expectRefusal(await post(operation, []), 400, "o version number provided");
        expectRefusal(await post(operation, ["a"]), 400, 'error converting input for field "versions":');
      }
      expectStatus(await client.delete(`${path}/data/none`), 204);
      expectStatus(await client.delete(`${path}/data/life`), 204);
      expectStatus(await get("life"), 404);
    });

    test("a token that may delete values may not delete versions by number", async () => {
      verifies("K90");
      const { client, path } = mount();
      await put("doomed", { data: {} });
      const cleaner = await tokenFor(client, "kv2-delete", `path "${path}/data/*" { capabilities = ["delete"] }`);

      expectStatus(await cleaner.delete(`${path}/data/doomed`), 204);
      expectStatus(await cleaner.write(`${path}/delete/doomed`, { versions: [1] }), 403);
    });

    test("the window moves, and older versions are gone", async () => {
      verifies("K91", "K92", "K93", "K94");
      const { client, path } = mount();
      const write = async (count: number) => {
        for (let n = 0; n < count; n += 1) expectStatus(await put("window", { data: { n } }), 200);
        const { data } = Object((await client.read(`${path}/metadata/window`)).body);
        return [data.oldest_version, Object.keys(data.versions).length];
      };

      assert.deepEqual(await write(9), [0, 9]);
      assert.deepEqual(await write(1), [1, 10]);
      assert.deepEqual(await write(1), [2, 10]);
      assert.deepEqual(expectStatus(await get("window?version=1"), 404).body, nothing);
      await client.write(`${path}/metadata/window`, { max_versions: 2 });
      assert.deepEqual(await write(1), [11, 2]);
    });
  });
}
