import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "@vaultwright/core/testing";
import { kv } from "../../src/kv.ts";

const leased = { options: { leased_passthrough: "true" } };

test("hands out leases only where the mount says so", async () => {
  for (const options of [{}, { leased_passthrough: "false" }, { leased_passthrough: "1" }]) {
    const mount = await harness(kv, { options });
    await mount.write("foo", { ttl: "1h" });

    assert.equal((await mount.read("foo"))?.secret, undefined);
  }
});

const lifetimes: readonly (readonly [string, object, number | undefined])[] = [
  ["K208", { ttl: "30m" }, 1800],
  ["K209", { lease: "1h" }, 3600],
  ["K210", { ttl: "5", lease: "1h" }, 5],
  ["K211", { ttl: "2d" }, 172_800],
  ["K212", { ttl: "soon" }, undefined],
  ["a number", { ttl: 90 }, 90],
  ["a fraction", { ttl: "1500ms" }, 1],
  ["a number with a fraction, which is none to Go", { ttl: 90.5 }, undefined],
  ["less than a second", { ttl: "500ms" }, undefined],
  ["zero", { ttl: 0 }, undefined],
  ["negative", { ttl: -5 }, undefined],
  ["empty", { ttl: "" }, undefined],
  ["null", { ttl: null }, undefined],
  ["an object", { ttl: {} }, undefined],
  ["unusable beside a usable one", { ttl: "soon", lease: "1h" }, undefined],
];

for (const [name, data, ttl] of lifetimes)
  test(`takes the lifetime of a lease from the object: ${JSON.stringify(data)} [${name}]`, async () => {
    const mount = await harness(kv, leased);
    await mount.write("foo", { ...data });

    const response = await mount.read("foo");

    assert.equal(response?.secret?.ttl || undefined, ttl);
    assert.equal(response?.secret?.renewable, true);
    assert.deepEqual(response?.data, data);
  });

test("a lease on an object that says nothing of its lifetime cannot be renewed", async () => {
  const mount = await harness(kv, leased);
  await mount.write("foo", { a: 1 });

  const response = await mount.read("foo");

  assert.equal(response?.secret?.renewable ?? false, false);
  assert.equal(response?.secret?.ttl || undefined, undefined);
});

test("a renewal reads the object again", async () => {
  const mount = await harness(kv, leased);
  await mount.write("foo", { ttl: "1h", a: 1 });
  const lease = await mount.read("foo");
  assert.ok(lease);
  await mount.write("foo", { ttl: "2h", a: 2 });

  const renewed = await mount.renew(lease, { path: "foo" });

  assert.equal(renewed?.secret?.ttl, 7200);
  assert.deepEqual(renewed?.data, { ttl: "2h", a: 2 });
});

test("a renewal of an object that is gone gives nothing", async () => {
  const mount = await harness(kv, leased);
  await mount.write("foo", { ttl: "1h" });
  const lease = await mount.read("foo");
  assert.ok(lease);
  await mount.delete("foo");

  assert.equal(await mount.renew(lease, { path: "foo" }), undefined);
});

test("a revocation succeeds and leaves the object alone", async () => {
  const mount = await harness(kv, leased);
  await mount.write("foo", { ttl: "1h" });
  const lease = await mount.read("foo");
  assert.ok(lease);

  await mount.revoke(lease, { path: "foo" });

  assert.deepEqual((await mount.read("foo"))?.data, { ttl: "1h" });
});

test("leases are renewed and revoked after the mount stopped handing them out, also those of the plugin in Go", async () => {
  const mount = await harness(kv);
  await mount.write("foo", { ttl: "1h" });
  const lease = { secret: { internalData: { secret_type: "kv" }, ttl: 60, renewable: true } };

  const renewed = await mount.renew(lease, { path: "foo" });
  await mount.revoke(lease, { path: "foo" });

  assert.equal(renewed?.secret?.ttl, 3600);
});
