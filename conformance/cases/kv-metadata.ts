import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { Answer } from "../client.ts";
import { expectRefusal, expectStatus, expectText } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { verifies } from "../verifies.ts";
import { useVersionedMount } from "./kv-upgrade.ts";

const mergePatch = { "Content-Type": "application/merge-patch+json" };

/** Settings, metadata and lists of KV version 2. */
export function kvMetadataCases(server: () => ServerUnderTest): void {
  const isOpenBao = () => server().host.kind === "openbao";
  // Old servers keep the parameters of a list to themselves.
  const passesListParameters = () => server().abilities.protocol === 5;

  describe("kv version 2: settings of the mount", () => {
    const mount = useVersionedMount(server);
    const shown = async () => expectStatus(await mount().client.read(`${mount().path}/config`), 200).at("data");
    const set = (body: object) => mount().client.write(`${mount().path}/config`, body);

    test("are changed one by one", async () => {
      verifies("K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8", "K9", "K12", "K13");
      const more = isOpenBao() ? { metadata_cas_required: false } : {};

      assert.deepEqual(await shown(), { max_versions: 0, cas_required: false, delete_version_after: "0s", ...more });
      for (const body of [{ max_versions: 5, delete_version_after: "3h25m19s" }, {}, { nope: 1 }])
        assert.equal(expectStatus(await set(body), 204).body, undefined);
      expectStatus(await set({ max_versions: null, delete_version_after: null }), 204);
      assert.deepEqual(await shown(), {
        max_versions: 0,
        cas_required: false,
        delete_version_after: "3h25m19s",
        ...more,
      });
      const durations: unknown[] = [];
      for (const delete_version_after of ["-1h", "0s", "2d", 30]) {
        await set({ delete_version_after, max_versions: "-1", cas_required: "true" });
        durations.push(Object(await shown()).delete_version_after);
      }
      assert.deepEqual(durations, ["-1s", "0s", "48h0m0s", "30s"]);
      assert.equal(Object(await shown()).max_versions, 4_294_967_295);
      assert.equal(Object(await shown()).cas_required, true);
    });

    test("refuse other types, and deletion", async () => {
      verifies("K10", "K11", "K14");
      const { client, path } = mount();

      for (const [name, value] of Object.entries({ max_versions: "abc", cas_required: "yes" })) {
        const refused = expectRefusal(await set({ [name]: value }), 400);
        const text = `Field validation failed: error converting input for field "${name}":`;
        assert.equal(refused.errors[0]?.slice(0, text.length), text);
      }
      expectRefusal(await client.delete(`${path}/config`), 405, "unsupported operation");
    });

    test("hold for all secrets", async () => {
      verifies("K44", "K45", "K46", "K101", "K103", "K104", "K105", "K106", "K130", "K148");
      const { client, path } = mount();
      await set({ max_versions: 0, cas_required: false, delete_version_after: "0s" });
      await client.write(`${path}/data/life`, { data: { n: 0 } });
      await set({ delete_version_after: "1s" });
      await client.write(`${path}/metadata/life`, { delete_version_after: "3h" });

      await client.write(`${path}/data/life`, { data: { n: 1 } });
      expectStatus(await client.read(`${path}/data/life`), 200);
      await delay(1100);
      expectStatus(await client.read(`${path}/data/life`), 404);
      expectStatus(await client.read(`${path}/data/life?version=1`), 200);
      expectStatus(await client.write(`${path}/undelete/life`, { versions: [2] }), 204);
      expectStatus(await client.read(`${path}/data/life`), 200);
      await set({ delete_version_after: "-1s", cas_required: true });
      const required = "check-and-set parameter required for this call";
      expectRefusal(await client.write(`${path}/data/life`, { data: {} }), 400, required);
      const warned = expectStatus(await client.write(`${path}/metadata/life`, { cas_required: false }), 200);
      assert.match(expectText(warned, "warnings", 0), /^"cas_required" set to false, but is mandated/);
      assert.equal(warned.at("data"), null);
      const unlimited = await client.write(`${path}/data/life`, { data: {}, options: { cas: 2 } });
      assert.equal(expectStatus(unlimited, 200).at("data", "deletion_time"), "");
      await set({ cas_required: false });
      await client.write(`${path}/metadata/life`, { cas_required: true });
      expectRefusal(await client.write(`${path}/data/life`, { data: {} }), 400, required);
    });
  });

  describe("kv version 2: metadata", () => {
    const mount = useVersionedMount(server);
    const metadata = (key: string): Promise<Answer> => mount().client.read(`${mount().path}/metadata/${key}`);
    const set = (key: string, body: object) => mount().client.write(`${mount().path}/metadata/${key}`, body);
    const patch = (key: string, body: object) =>
      mount().client.request("PATCH", `${mount().path}/metadata/${key}`, { body, headers: mergePatch });

    test("can come before the first version, and not from nothing", async () => {
      verifies("K107", "K108", "K109", "K132", "K133");
      const { client, path } = mount();

      assert.deepEqual(expectStatus(await metadata("new"), 404).body, { errors: [] });
      expectStatus(await set("new", {}), 204);
      expectStatus(await metadata("new"), 404);
      expectStatus(await set("new", { max_versions: 5 }), 204);
      const found = expectStatus(await metadata("new"), 200);
      assert.deepEqual(found.at("data", "versions"), {});
      assert.equal(found.at("data", "current_version"), 0);
      assert.equal(found.at("data", "custom_metadata"), null);
      expectStatus(await client.delete(`${path}/metadata/none`), 204);
      expectRefusal(await set("", { max_versions: 1 }), 400, "cannot write to a path ending in '/'");
    });

    test("says who did what on Vault, and counts on OpenBao", async () => {
      verifies("K110", "K111", "K112", "K113");
      const { client, path } = mount();
      for (const n of [1, 2]) await client.write(`${path}/data/who`, { data: { n } });
      await client.delete(`${path}/data/who`);

      const { data } = Object(expectStatus(await metadata("who"), 200).body);

      assert.deepEqual(Object.keys(data.versions), ["1", "2"]);
      if (isOpenBao()) {
        assert.equal(data.current_metadata_version, 0);
        assert.equal(data.metadata_cas_required, false);
        assert.deepEqual(Object.keys(data.versions["1"]).sort(), ["created_time", "deletion_time", "destroyed"]);
        return;
      }
      assert.equal(data.versions["1"].created_by.operation, "create");
      assert.equal(data.versions["1"].created_by.actor, "root");
      assert.equal(data.versions["2"].created_by.operation, "update");
      assert.equal(data.versions["1"].deleted_by, null);
      assert.equal(data.versions["2"].deleted_by.operation, "delete");
      assert.equal(data.last_updated_by.operation, "delete");
    });

    test("keeps texts of a user's own", async () => {
      verifies("K116", "K117", "K118", "K119", "K120", "K121", "K122", "K123", "K124", "K125", "K126", "K127", "K128");
      const custom = async (custom_metadata: unknown) => set("custom", { custom_metadata });
      const shown = async () => (await metadata("custom")).at("data", "custom_metadata");

      expectStatus(await set("custom", { max_versions: 4 }), 204);
      expectStatus(await custom({ n: 1, t: true, f: false, d: 1.5 }), 204);
      assert.deepEqual(await shown(), { n: "1", t: "1", f: "0", d: "1.5" });
      const most = Object.fromEntries(
        Array.from({ length: 64 }, (_, index) => [String(index).padEnd(128, "k"), "v".repeat(512)]),
      );
      expectStatus(await custom(most), 204);
      assert.deepEqual(await shown(), most);
      const refusals: readonly (readonly [object, string])[] = [
        [{ a: null }, 'length of value for key "a" is 0'],
        [{ a: { b: "c" } }, "got unconvertible type"],
        [{ ...most, more: "v" }, "payload must contain at most 64 keys, provided 65\n\n"],
        [{ ["a".repeat(129)]: "v" }, "is 129 but must be 0 < len(key) <= 128"],
        [{ k: "v".repeat(513) }, "is 513 but must be 0 < len(value) <= 512"],
        [{ "": "v" }, 'length of key "" is 0'],
        [{ k: "a\u200b" }, "contains unprintable characters"],
        [{ "": "", ["x".repeat(129)]: "\u200b", "\u200b": "y".repeat(513) }, "6 errors occurred:"],
      ];
      for (const [given, text] of refusals) expectRefusal(await custom(given), 400, text);
      expectStatus(await custom({}), 204);
      assert.equal(await shown(), null);
      assert.equal((await metadata("custom")).at("data", "max_versions"), 4);
      expectRefusal(await set("custom", { delete_version_after: "-5s" }), 400, "cannot provide negative value '-5'");
    });

    test("is patched member by member", async () => {
      verifies("K134", "K135", "K136", "K137", "K138", "K139", "K140", "K143", "K144", "K145", "K146", "K147");
      await set("patched", { max_versions: 3, delete_version_after: "10s", custom_metadata: { foo: "a", bar: "b" } });

      assert.equal(expectStatus(await patch("none", { max_versions: 1 }), 404).body, undefined);
      expectStatus(await patch("none", {}), isOpenBao() ? 204 : 404);
      expectStatus(await patch("patched", { max_versions: 5, delete_version_after: null }), 204);
      expectStatus(await patch("patched", { custom_metadata: { foo: null, baz: "g" } }), 204);
      expectStatus(await patch("patched", { custom_metadata: {} }), 204);
      expectStatus(await patch("patched", { created_time: "x", current_version: "x", foo: 1 }), 204);
      const { data } = Object((await metadata("patched")).body);
      assert.equal(data.max_versions, 5);
      assert.equal(data.delete_version_after, "10s");
      assert.deepEqual(data.custom_metadata, { bar: "b", baz: "g" });
      expectStatus(await patch("patched", { max_versions: null, custom_metadata: null }), 204);
      assert.equal((await metadata("patched")).at("data", "max_versions"), 0);
      assert.equal((await metadata("patched")).at("data", "custom_metadata"), null);
      const text = "Field validation failed: error converting input";
      expectRefusal(await patch("patched", { max_versions: [1, 2, 3] }), 400, text);
      expectRefusal(await patch("patched", { custom_metadata: { "": "x" } }), 400, 'length of key "" is 0');
    });

    test("goes with everything when it is deleted", async () => {
      verifies("K50", "K131");
      const { client, path } = mount();
      await client.write(`${path}/data/doomed`, { data: {} });
      await client.write(`${path}/data/doomed`, { data: {} });

      expectStatus(await client.delete(`${path}/metadata/doomed`), 204);

      expectStatus(await client.read(`${path}/data/doomed`), 404);
      expectStatus(await metadata("doomed"), 404);
      const anew = await client.write(`${path}/data/doomed`, { data: {}, options: { cas: 0 } });
      assert.equal(expectStatus(anew, 200).at("data", "version"), 1);
    });
  });

  describe("kv version 2: lists", () => {
    const mount = useVersionedMount(server);
    const list = (path: string) => mount().client.list(`${mount().path}/${path}`);

    test("show one level in order, also of what has no value to show", async () => {
      verifies("K156", "K157", "K158", "K159", "K160", "K161", "K172a");
      const { client, path } = mount();

      assert.deepEqual(expectStatus(await list("metadata"), 404).body, { errors: [] });
      if (passesListParameters()) assert.deepEqual(expectStatus(await list("metadata?bogus=1"), 200).at("data"), {});
      for (const key of ["foo", "foo/bar", "a"]) await client.write(`${path}/data/${key}`, { data: {} });
      await client.delete(`${path}/data/a`);
      assert.deepEqual((await list("metadata")).at("data", "keys"), ["a", "foo", "foo/"]);
      assert.deepEqual((await client.read(`${path}/metadata/?list=true`)).at("data", "keys"), ["a", "foo", "foo/"]);
      assert.deepEqual((await list("metadata/foo")).at("data", "keys"), ["bar"]);
      assert.deepEqual(expectStatus(await list("metadata/a"), 404).body, { errors: [] });
    });

    test("leave out what is deleted on Vault, and come in pages on OpenBao", async () => {
      verifies("K162", "K163", "K166", "K167", "K168", "K169");
      if (!passesListParameters()) return;
      const { client, path } = mount();
      for (const key of ["l/x", "l/y", "l/z"]) await client.write(`${path}/data/${key}`, { data: {} });
      await client.delete(`${path}/data/l/y`);

      if (isOpenBao()) {
        assert.deepEqual((await list("metadata/l?after=x&limit=1")).at("data", "keys"), ["y"]);
        assert.deepEqual((await list("metadata/l?after=xx")).at("data", "keys"), ["y", "z"]);
        assert.deepEqual((await list("metadata/l?limit=0")).at("data", "keys"), ["x", "y", "z"]);
        return;
      }
      assert.deepEqual((await list("metadata/l?exclude_deleted=true")).at("data", "keys"), ["x", "z"]);
      const whole = expectStatus(await list("metadata/l?after=x"), 200);
      assert.deepEqual(whole.at("data", "keys"), ["x", "y", "z"]);
      assert.match(expectText(whole, "warnings", 0), /\[after\]$/);
      for (const key of ["l/x", "l/z"]) await client.delete(`${path}/data/${key}`);
      assert.deepEqual(expectStatus(await list("metadata/l?exclude_deleted=true"), 404).body, { errors: [] });
    });

    test("have details and all levels on OpenBao", async () => {
      verifies("K170", "K172");
      const { client, path } = mount();
      for (const key of ["d/foo", "d/x/y", "d/x/z/q"]) await client.write(`${path}/data/${key}`, { data: {} });

      const detailed = await list("detailed-metadata/d");

      if (!isOpenBao()) return void expectStatus(detailed, 404);
      assert.deepEqual(detailed.at("data", "keys"), ["foo", "x/"]);
      assert.equal(detailed.at("data", "key_info", "foo", "current_version"), 1);
      assert.deepEqual(detailed.at("data", "key_info", "x/"), {});
      const scanned = await client.request("SCAN", `${path}/metadata/d`);
      assert.deepEqual(expectStatus(scanned, 200).at("data", "keys"), ["foo", "x/y", "x/z/q"]);
    });

    test("explain themselves", async () => {
      verifies("K232");
      const { client, path } = mount();

      expectText(expectStatus(await client.read(`${path}/?help=1`), 200), "help");
    });
  });
}
