import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { authMethod, path, secret, secretsEngine, t, token } from "../../src/index.ts";
import { createTestClock, type HarnessOptions, harness } from "../../src/testing/index.ts";

/** Issues secrets that live for a minute and a half, and notes what becomes of them. */
function engine(lines: string[]) {
  const kind = secret("credential", {
    internal: { name: t.string({ required: true }) },
    ttl: 90,
    renew: ({ internal, lease }) => {
      lines.push(`${seconds()} renew ${internal.name} of ${lease.issued.toISOString()}`);
      return { ttl: 120 };
    },
    revoke: ({ internal, request }) => {
      lines.push(`${seconds()} revoke ${internal.name} of ${request.path}`);
    },
  });
  const creds = path("creds/:name", {
    summary: "",
    fields: { name: t.name() },
    read: ({ fields }) => kind.issue({ data: { user: fields.name }, internal: { name: fields.name } }),
  });
  return secretsEngine({
    help: "",
    paths: [creds],
    secrets: [kind],
    periodic: ({ request }) => {
      lines.push(`${seconds()} periodic${request.data?.["immediate"] === true ? " at once" : ""}`);
    },
  });
}

const start = Date.parse("2026-01-01T00:00:00Z");

function seconds(): number {
  return (Date.now() - start) / 1000;
}

async function mounted(t: TestContext, options: HarnessOptions = {}) {
  const clock = createTestClock(t);
  const lines: string[] = [];
  return { lines, mount: await harness(() => engine(lines), { clock, ...options }) };
}

describe("time in a test", () => {
  test("stands still until it is let pass", async (t) => {
    const clock = createTestClock(t, new Date("2030-05-06T07:08:09Z"));

    assert.equal(new Date().toISOString(), "2030-05-06T07:08:09.000Z");
    clock.advance(1.5);
    assert.equal(new Date().toISOString(), "2030-05-06T07:08:10.500Z");
  });

  test("lets leases run out and periodic work be done, each at its time", async (t) => {
    const { mount, lines } = await mounted(t);

    await mount.read("creds/ann");
    await mount.advance(60);
    await mount.read("creds/tom");
    await mount.advance(120);

    assert.deepEqual(lines, [
      "60 periodic",
      "90 revoke ann of creds/ann",
      "120 periodic",
      "150 revoke tom of creds/tom",
      "180 periodic",
    ]);
    assert.deepEqual(mount.leases(), []);
  });

  test("passes in a harness with a clock only", async () => {
    const mount = await harness(() => engine([]));

    await assert.rejects(mount.advance(1), { message: /has a clock only/ });
  });
});

describe("leases in a test", () => {
  test("are renewed with what the host keeps of them", async (t) => {
    const { mount, lines } = await mounted(t);
    const answer = await mount.read("creds/ann");
    assert.ok(answer);

    await mount.advance(30);
    const renewed = await mount.renew({ ...answer });
    await mount.advance(100);

    assert.equal(renewed?.secret?.ttl, 120);
    assert.deepEqual(lines, ["30 renew ann of 2026-01-01T00:00:00.000Z", "60 periodic", "120 periodic"]);
    assert.deepEqual(
      mount.leases().map(({ path, expires }) => [path, expires.toISOString()]),
      [["creds/ann", "2026-01-01T00:02:30.000Z"]],
    );
  });

  test("end once they are revoked", async (t) => {
    const { mount, lines } = await mounted(t);
    const answer = await mount.read("creds/ann");
    assert.ok(answer);

    await mount.revoke(answer);

    assert.deepEqual([lines, mount.leases()], [["0 revoke ann of creds/ann"], []]);
  });

  test("live no longer than the mount lets them", async (t) => {
    const { mount } = await mounted(t, { system: { maxLeaseTtl: 60 } });

    await mount.read("creds/ann");

    assert.equal(mount.leases()[0]?.expires.toISOString(), "2026-01-01T00:01:00.000Z");
  });

  test("may be tokens, which are renewed and run out without a word", async (t) => {
    const issued = token({ internal: {}, renew: () => ({ ttl: 600 }) });
    const login = path("login", {
      summary: "",
      fields: {},
      unauthenticated: true,
      update: () => issued.grant({ ttl: 300, alias: { name: "ann" }, internal: {} }),
    });
    const method = authMethod({ help: "", paths: [login], token: issued });
    const mount = await harness(() => method, { clock: createTestClock(t) });

    const { auth } = await mount.login("login");
    await mount.advance(200);
    const renewed = await mount.renew({ auth });
    await mount.advance(590);
    assert.equal(mount.leases().length, 1);
    await mount.advance(10);

    assert.equal(renewed?.auth?.ttl, 600);
    assert.deepEqual(mount.leases(), []);
  });

  test("may be periodic tokens, which live as long as they are renewed", async (t) => {
    const issued = token({ internal: {}, renew: ({ auth }) => ({ period: auth.period ?? 0 }) });
    const login = path("login", {
      summary: "",
      fields: {},
      unauthenticated: true,
      update: () => issued.grant({ period: 3600, alias: "ann", internal: {} }),
    });
    const method = authMethod({ help: "", paths: [login], token: issued });
    const mount = await harness(() => method, { clock: createTestClock(t), system: { maxLeaseTtl: 4000 } });

    const answer = await mount.login("login");
    for (const _ of [1, 2, 3]) {
      await mount.advance(3000);
      await mount.renew(answer);
    }

    assert.equal(mount.leases()[0]?.expires.toISOString(), "2026-01-01T03:30:00.000Z");
  });
});

test("a mount that is disabled undoes, revokes and forgets everything", async (t) => {
  const { mount, lines } = await mounted(t);
  await mount.read("creds/ann");
  await mount.storage.put({ key: "config", value: Uint8Array.of(1) });

  await mount.disable();

  assert.deepEqual(lines, ["0 periodic", "0 revoke ann of creds/ann"]);
  assert.deepEqual([mount.storage.keys(), mount.leases()], [[], []]);
  assert.equal(mount.requests.at(-1)?.operation, "cleanup");
});

test("a rollback is what a host sends each minute, and nothing is wrong if nobody waits for it", async (t) => {
  const { mount, lines } = await mounted(t);

  await mount.rollback();
  await mount.rollback({ immediate: true });
  await (await harness(() => secretsEngine({ help: "", paths: [] }))).rollback();

  assert.deepEqual(lines, ["0 periodic", "0 periodic at once"]);
});
