import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectNumber, expectStatus, expectText } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { enable, rootClient, useMount } from "../mounts.ts";
import { kv, mock } from "../plugins.ts";
import { eventually } from "../processes.ts";
import { verifies } from "../verifies.ts";

const leased = { options: { leased_passthrough: "true" } };

/** Leases: what the server does to them reaches the plugin, and what the plugin says counts. */
export function leaseCases(server: () => ServerUnderTest): void {
  describe("leases of kv version 1", () => {
    const mount = useMount(server, kv, leased);

    test("last as long as the object says", async () => {
      verifies("K208", "K209", "K210", "K211", "K212", "K219");
      const { client, path } = mount();
      const lifetimes: readonly (readonly [object, number])[] = [
        [{ ttl: "30m" }, 1800],
        [{ lease: "1h" }, 3600],
        [{ ttl: "5", lease: "1h" }, 5],
        [{ ttl: "2d" }, 172_800],
        [{ ttl: "soon" }, 2_764_800],
      ];

      for (const [value, seconds] of lifetimes) {
        await client.write(`${path}/lifetime`, value);
        const answer = expectStatus(await client.read(`${path}/lifetime`), 200);
        assert.equal(answer.at("lease_duration"), seconds, JSON.stringify(value));
        assert.deepEqual(answer.at("data"), value);
        expectText(answer, "lease_id");
      }

      await client.write(`${path}/lifetime`, { ttl: "1h" });
      assert.equal((await client.read(`${path}/lifetime`)).at("renewable"), true);
    });

    test("are renewed and revoked", async () => {
      const { client, path } = mount();
      await client.write(`${path}/renewed`, { ttl: "1h" });
      const lease_id = expectText(await client.read(`${path}/renewed`), "lease_id");

      const renewed = expectStatus(await client.write("sys/leases/renew", { lease_id, increment: 600 }), 200);
      expectNumber(renewed, "lease_duration");
      assert.equal(renewed.at("lease_id"), lease_id);
      expectStatus(await client.write("sys/leases/lookup", { lease_id }), 200);
      expectStatus(await client.write("sys/leases/revoke", { lease_id }), 204);

      expectStatus(await client.write("sys/leases/lookup", { lease_id }), 400);
      assert.deepEqual((await client.read(`${path}/renewed`)).at("data"), { ttl: "1h" });
    });

    test("run out by themselves", async () => {
      const { client, path } = mount();
      await client.write(`${path}/short`, { ttl: "1s" });
      const lease_id = expectText(await client.read(`${path}/short`), "lease_id");

      await eventually("the end of the lease", async () => {
        return (await client.write("sys/leases/lookup", { lease_id })).status === 400;
      });
    });

    test("do not keep their mount from being disabled", async () => {
      const client = rootClient(server());
      await enable(client, kv, "leased-doomed", leased);
      await client.write("leased-doomed/a", { ttl: "1h" });
      expectText(await client.read("leased-doomed/a"), "lease_id");

      expectStatus(await client.delete("sys/mounts/leased-doomed"), 204);

      expectStatus(await client.read("leased-doomed/a"), 404);
    });
  });

  describe("leases with a life cycle of their own", () => {
    const mount = useMount(server, mock);

    test("call the plugin when they are renewed and revoked", async () => {
      verifies("S46", "S47");
      const { client, path } = mount();
      const answer = expectStatus(await client.write(`${path}/credentials/ann`), 200);
      const lease_id = expectText(answer, "lease_id");
      assert.equal(answer.at("lease_duration"), 60);
      assert.equal(answer.at("renewable"), true);

      const renewed = expectStatus(await client.write("sys/leases/renew", { lease_id }), 200);
      assert.equal(renewed.at("lease_duration"), 120);
      assert.equal((await client.read(`${path}/credentials/ann`)).at("data", "renewals"), 1);

      expectStatus(await client.write("sys/leases/revoke", { lease_id, sync: true }), 204);
      expectStatus(await client.read(`${path}/credentials/ann`), 404);
    });

    test("are revoked with the token that they were given to", async () => {
      const { client, path } = mount();
      const policies = ["lease-holder"];
      const policy = `path "${path}/*" { capabilities = ["create", "read", "update"] }`;
      await client.write("sys/policies/acl/lease-holder", { policy });
      const token = expectText(await client.write("auth/token/create", { policies }), "auth", "client_token");
      expectStatus(await client.withToken(token).write(`${path}/credentials/tom`), 200);

      expectStatus(await client.withToken(token).write("auth/token/revoke-self"), 204);

      await eventually("the revocation", async () => (await client.read(`${path}/credentials/tom`)).status === 404);
    });
  });
}
