import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Answer } from "../client.ts";
import { expectStatus, expectText } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { enable, rootClient, useMount } from "../mounts.ts";
import { mock } from "../plugins.ts";
import { eventually } from "../processes.ts";
import { verifies } from "../verifies.ts";

const tuned = { local: true, config: { default_lease_ttl: "1h", max_lease_ttl: "2h", force_no_cache: true } };

/** What a mount may ask of its server beside storage, and what the server says. */
export function systemCases(server: () => ServerUnderTest): void {
  describe("the system view of a mount", () => {
    const mount = useMount(server, mock, tuned);
    const ask = async (parameters: object = {}): Promise<Answer> =>
      expectStatus(await mount().client.write(`${mount().path}/system`, parameters), 200);

    test("tells how the mount is tuned, and of the cluster", async () => {
      verifies("W95");
      const told = await ask();

      const value = (name: string): unknown => told.at("data", name, "value");
      assert.deepEqual([value("defaultLeaseTtl"), value("maxLeaseTtl")], [3600, 7200]);
      assert.deepEqual([value("isCachingDisabled"), value("isLocalMount")], [true, true]);
      assert.deepEqual([value("isTainted"), value("isMlockEnabled")], [false, false]);
      assert.equal(told.at("data", "replicationState", "value", "isPerformanceStandby"), false);
      const health = await mount().client.read("sys/health");
      // Vault 1.10 does not know this call yet.
      if (server().abilities.protocol === 4)
        assert.equal(told.at("data", "clusterInfo", "refused"), "unsupported-operation");
      else assert.equal(told.at("data", "clusterInfo", "value", "id"), expectText(health, "cluster_id"));
    });

    test("makes passwords by the server's policies", async () => {
      const policy = 'length = 12\nrule "charset" {\n  charset = "abc"\n}\n';
      const { status } = await mount().client.write("sys/policies/password/mock", { policy });

      const told = await ask();

      // The embedded host has no policies for passwords, and refuses as a server does for one that it does not know.
      if (status !== 404) return assert.match(expectText(told, "data", "generatePassword", "value"), /^[abc]{12}$/);
      const refusal = { refused: "unknown", message: "failed to generate password" };
      assert.deepEqual(told.at("data", "generatePassword"), refusal);
    });

    test("tells of entities and their groups, and nothing of ones that do not exist", async () => {
      const { client } = mount();
      const made = await client.write("identity/entity", { name: "mock-ann", metadata: { team: "a" } });

      const nobody = await ask({ entity: "none" });

      assert.deepEqual(nobody.at("data", "entity"), { value: null });
      assert.deepEqual(nobody.at("data", "groupsOfEntity"), { value: [] });
      const entity = expectText(made, "data", "id");
      expectStatus(await client.write("identity/group", { name: "mock-admins", member_entity_ids: [entity] }), 200);
      const told = await ask({ entity });
      assert.equal(told.at("data", "entity", "value", "name"), "mock-ann");
      assert.deepEqual(told.at("data", "entity", "value", "metadata"), { team: "a" });
      assert.equal(told.at("data", "groupsOfEntity", "value", 0, "name"), "mock-admins");
    });

    test("wraps data, except for servers that forget in which namespace", async () => {
      const told = await ask();

      // Vault asks the context of the plugin's call for the namespace, and nobody has put it there.
      if (told.at("data", "wrapData", "refused") !== undefined) {
        assert.deepEqual(told.at("data", "wrapData"), { refused: "unknown", message: "no namespace" });
        return;
      }
      const token = expectText(told, "data", "wrapData", "value", "token");
      const unwrapped = await mount().client.withToken(token).write("sys/wrapping/unwrap");
      assert.deepEqual(unwrapped.at("data"), { a: 1 });
    });

    test("refuses what only Enterprise has, and says so", async () => {
      const told = await ask();

      for (const call of ["identityToken", "rotationInformation", "registerRotationJob"]) {
        const reason = `${told.at("data", call, "refused")}: ${told.at("data", call, "message")}`;
        assert.match(reason, /^unsupported-operation:|not supported in Vault community edition$/, call);
      }
    });
  });

  describe("events of a mount", () => {
    test("are taken by servers that have them, and by others not, which the log says once", async () => {
      const { host, abilities } = server();
      const takesEvents = host.kind === "vault" && abilities.protocol === 5;
      const client = rootClient(server());
      await enable(client, mock, "eventful");

      const before = server().logs().length;
      for (const _ of [1, 2]) expectStatus(await client.write("eventful/events", { type: "mock/sent" }), 204);
      // A mount that ends waits for its events.
      expectStatus(await client.delete("sys/mounts/eventful"), 204);

      const told = (): readonly string[] =>
        server()
          .logs()
          .slice(before)
          .map(({ message }) => message)
          .filter((message) => /events (lost|sent again)|takes no events/.test(message));
      if (takesEvents) return assert.deepEqual(told(), []);
      await eventually("the line in the log", () => told().length > 0);
      assert.deepEqual(told(), ["the host takes no events"]);
    });
  });
}
