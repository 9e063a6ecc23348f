import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createHostSystem, remoteSystem } from "../../src/bridge/remote-system.ts";
import { SystemViewDefinition } from "../../src/gen/pb/system-view.ts";
import { LogicalError, UnsupportedOperation } from "../../src/logical/errors.ts";
import type { SystemView } from "../../src/logical/system-view.ts";
import { type Handlers, implement } from "../../src/rpc/service.ts";
import { RpcError } from "../../src/rpc/status.ts";
import type { Service } from "../../src/rpc/transport/transport.ts";
import { createRecordedLog, type LogLine } from "../../src/testing/recorded-log.ts";
import { systemViewContract } from "../../src/testing/system-view-contract.ts";
import { createTestSystem } from "../../src/testing/test-system.ts";
import { hostServices } from "./in-memory.ts";
import { createMemoryChannel } from "./memory-channel.ts";

const host = { kind: "openbao", version: "2.5.5" } as const;

function asked(services: readonly Service[], lines: LogLine[] = []): SystemView {
  const log = createRecordedLog(lines);
  return remoteSystem(createHostSystem(createMemoryChannel(services), { host, log }), {});
}

function through(system: SystemView, lines: LogLine[] = []): SystemView {
  return asked(hostServices({ system, lines }), lines);
}

function against(handlers: Handlers<typeof SystemViewDefinition>, lines: LogLine[] = []): SystemView {
  return asked([implement(SystemViewDefinition, handlers)], lines);
}

const alias = { name: "ann", mountAccessor: "userpass_1" };
const entity = {
  id: "e",
  name: "ann",
  aliases: [alias],
  metadata: new Map([["a", "b"]]),
  disabled: false,
  namespaceId: "root",
};
const group = { id: "g", name: "admins", metadata: new Map(), namespaceId: "root" };
const year = 365 * 24 * 3600;
const rotated = { lastRotation: new Date(1000), nextRotation: new Date(2000) };

describe("a system view on the other side, of a test", () =>
  systemViewContract(() => through(createTestSystem({ isPerformanceStandby: true }))));

describe("a system view on the other side", () => {
  const full: SystemView = {
    ...createTestSystem({
      defaultLeaseTtl: 3600,
      maxLeaseTtl: year,
      isTainted: true,
      isCachingDisabled: true,
      isLocalMount: true,
      isMlockEnabled: true,
      isPerformanceStandby: true,
      clusterId: "cluster",
      entities: new Map([["e", entity]]),
      groupsOfEntities: new Map([["e", [group]]]),
      passwordPolicies: new Map([["p", () => "generated"]]),
    }),
    wrapData: async (data, ttl) => ({ ttl, token: `t-${JSON.stringify(data)}`, creationTime: new Date(1000) }),
    identityToken: async ({ audience, ttl }) => ({ token: audience, ttl }),
    rotationInformation: async (path) => (path === "db" ? { ...rotated, ttl: 3 } : { ttl: 0 }),
    registerRotationJob: async (job) => JSON.stringify(job),
  };

  test("says which product the host is, without asking it", () => {
    assert.deepEqual(through(full).host, { kind: "openbao", version: "2.5.5" });
  });

  test("says the same of durations, flags and replication", async () => {
    const remote = through(full);

    assert.equal(await remote.defaultLeaseTtl(), 3600);
    assert.equal(await remote.maxLeaseTtl(), year);
    assert.equal(await remote.isTainted(), true);
    assert.equal(await remote.isCachingDisabled(), true);
    assert.equal(await remote.isLocalMount(), true);
    assert.equal(await remote.isMlockEnabled(), true);
    assert.deepEqual(await remote.replicationState(), await full.replicationState());
  });

  test("says the same of identities and of itself", async () => {
    const remote = through(full);

    assert.deepEqual(await remote.entity("e"), entity);
    assert.equal(await remote.entity("x"), undefined);
    assert.deepEqual(await remote.groupsOfEntity("e"), [group]);
    assert.deepEqual(await remote.pluginEnvironment(), {
      version: "1.21.4",
      versionPrerelease: "",
      versionMetadata: "ent",
    });
    assert.deepEqual(await remote.clusterInfo(), { id: "cluster", name: "" });
  });

  test("does the same for the plugin", async () => {
    const remote = through(full);

    assert.deepEqual(await remote.wrapData({ a: 1 }, 60), {
      ttl: 60,
      token: 't-{"a":1}',
      creationTime: new Date(1000),
    });
    assert.equal(await remote.generatePassword("p"), "generated");
    assert.deepEqual(await remote.identityToken({ audience: "aws", ttl: 3600 }), { token: "aws", ttl: 3600 });
    assert.deepEqual(await remote.rotationInformation("db"), { ...rotated, ttl: 3 });
    assert.deepEqual(await remote.rotationInformation("new"), { ttl: 0 });
    const job = { name: "n", mountPoint: "db/", path: "p", period: 60 };
    assert.equal(await remote.registerRotationJob(job), JSON.stringify(job));
  });
});

test("lease durations are read as nanoseconds [W95]", async () => {
  const remote = against({
    defaultLeaseTTL: async () => ({ ttl: 2_764_800_000_000_000n }),
    maxLeaseTTL: async () => ({ ttl: 34_560_000_123_000_000n }),
  });

  assert.equal(await remote.defaultLeaseTtl(), 2_764_800);
  assert.equal(await remote.maxLeaseTtl(), 34_560_000.123);
});

test("identity tokens and rotation jobs have seconds [W96]", async () => {
  const seen: bigint[] = [];
  const remote = against({
    async generateIdentityToken({ ttl }) {
      seen.push(ttl);
      return { token: "t", ttl: 7200n };
    },
    async registerRotationJob({ job }) {
      seen.push(job?.rotationWindow ?? 0n, job?.rotationPeriod ?? 0n);
      return { rotationId: "id", err: "" };
    },
  });

  assert.equal((await remote.identityToken({ audience: "a", ttl: 3600 })).ttl, 7200);
  await remote.registerRotationJob({ name: "n", mountPoint: "m", path: "p", window: 60, period: 120 });

  assert.deepEqual(seen, [3600n, 60n, 120n]);
});

describe("a question that fails", () => {
  test("is not supported where the host does not know it [W123]", async () => {
    await assert.rejects(against({}).identityToken({ audience: "a", ttl: 1 }), UnsupportedOperation);
  });

  test("is not supported where the host's view refuses it so", async () => {
    await assert.rejects(through(createTestSystem()).rotationInformation("db/"), UnsupportedOperation);
  });

  test("has the text of the host, in a reply or as a status", async () => {
    const remote = against({
      entityInfo: async () => ({ entity: undefined, err: "no identity store" }),
      async clusterInfo() {
        throw new RpcError("internal", "failed to fetch cluster id");
      },
    });

    await assert.rejects(remote.entity("e"), { kind: "unknown", message: "no identity store" });
    await assert.rejects(remote.clusterInfo(), { kind: "unknown", message: "failed to fetch cluster id" });
  });

  test("does not tell of the connection", async () => {
    const remote = against({
      async pluginEnv() {
        throw new RpcError("unavailable", "connect ENOENT /tmp/x.sock");
      },
    });

    await assert.rejects(remote.pluginEnvironment(), { message: "system view call failed: unavailable" });
  });

  test("is 0, false or unknown where it is for a duration, a flag or replication, and the log says why [W124]", async () => {
    const lines: LogLine[] = [];
    const remote = against({}, lines);

    assert.deepEqual([await remote.defaultLeaseTtl(), await remote.maxLeaseTtl()], [0, 0]);
    assert.deepEqual([await remote.isTainted(), await remote.isCachingDisabled()], [false, false]);
    assert.deepEqual([await remote.isLocalMount(), await remote.isMlockEnabled()], [false, false]);
    assert.equal((await remote.replicationState()).bits, 0);

    assert.equal(lines.length, 7);
    for (const { level, message } of lines) assert.deepEqual([level, message], ["warn", "system view call failed"]);
  });

  test("has the caller's reason where the caller gave it up", async () => {
    await assert.rejects(against({}).isTainted({ signal: AbortSignal.abort() }), { name: "AbortError" });
  });

  test("says so where the host has no system view yet [W124]", async () => {
    const remote = asked(hostServices());
    const questions: Readonly<Record<string, () => Promise<unknown>>> = {
      wrapData: () => remote.wrapData({}, 60),
      entity: () => remote.entity("e"),
      groupsOfEntity: () => remote.groupsOfEntity("e"),
      pluginEnvironment: () => remote.pluginEnvironment(),
      clusterInfo: () => remote.clusterInfo(),
      generatePassword: () => remote.generatePassword("p"),
      identityToken: () => remote.identityToken({ audience: "a", ttl: 1 }),
    };

    for (const [name, ask] of Object.entries(questions)) {
      const attempt = ask();

      await assert.rejects(attempt, LogicalError, name);
      await assert.rejects(attempt, { message: /^missing system view implementation: / }, name);
    }
  });

  test("has the hosts' own texts for passwords", async () => {
    const remote = through(createTestSystem());

    await assert.rejects(remote.generatePassword(""), { message: "no password policy specified" });
    await assert.rejects(remote.generatePassword("x"), { message: "failed to generate password" });
  });

  test("hides what the host did not expect, and the host logs it", async () => {
    const lines: LogLine[] = [];
    const broken: SystemView = {
      ...createTestSystem(),
      async entity() {
        throw new TypeError("oops");
      },
    };

    await assert.rejects(through(broken, lines).entity("e"), { message: "internal error" });
    assert.equal(lines[0]?.message, "system view failed");
  });
});
