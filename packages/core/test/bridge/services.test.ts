import assert from "node:assert/strict";
import { test } from "node:test";
import { multiplexingService, supportsMultiplexing } from "../../src/bridge/multiplexing-service.ts";
import { createVersionService } from "../../src/bridge/version-service.ts";
import { PluginVersionDefinition } from "../../src/gen/logical/version.ts";
import { BackendDefinition } from "../../src/gen/pb/backend.ts";
import { clientOf } from "../../src/rpc/service.ts";
import { RpcError } from "../../src/rpc/status.ts";
import { backendOf, servePluginInMemory } from "./in-memory.ts";
import { createMemoryChannel } from "./memory-channel.ts";

test("the version is told without naming a mount", async () => {
  const channel = createMemoryChannel([createVersionService("v1.2.3")]);

  assert.equal((await clientOf(PluginVersionDefinition, channel).version({})).pluginVersion, "v1.2.3");
  assert.equal(channel.calls[0]?.path, "/logical.PluginVersion/Version");
});

test("multiplexing is told without naming a mount", async () => {
  const channel = createMemoryChannel([multiplexingService]);

  assert.equal(await supportsMultiplexing(channel), true);
  assert.equal(channel.calls[0]?.path, "/pluginutil.multiplexing.PluginMultiplexing/MultiplexingSupport");
});

test("a plugin without that service is not multiplexed, and one that fails is given up", async () => {
  const failing = new Map([
    [
      "/pluginutil.multiplexing.PluginMultiplexing/MultiplexingSupport",
      { kind: "unary", handle: () => Promise.reject(new RpcError("internal", "broken")) } as const,
    ],
  ]);

  assert.equal(await supportsMultiplexing(createMemoryChannel([])), false);
  await assert.rejects(supportsMultiplexing(createMemoryChannel([failing])), { message: "broken" });
});

test("all eight methods of a backend have the names that hosts call", async () => {
  const { client, channel } = servePluginInMemory(() => backendOf());
  const calls = Object.keys(BackendDefinition.methods).map((key) =>
    (client as Record<string, (request: object) => Promise<unknown>>)
      [key]?.({
        config: new Map(),
        request: undefined,
        brokerId: 0,
        storageId: 0,
      })
      .catch((error: RpcError) => error.status),
  );

  const statuses = await Promise.all(calls);

  assert.deepEqual(new Set(statuses), new Set(["unknown"]));
  assert.deepEqual(channel.calls.map(({ path }) => path).sort(), [
    "/pb.Backend/Cleanup",
    "/pb.Backend/HandleExistenceCheck",
    "/pb.Backend/HandleRequest",
    "/pb.Backend/Initialize",
    "/pb.Backend/InvalidateKey",
    "/pb.Backend/Setup",
    "/pb.Backend/SpecialPaths",
    "/pb.Backend/Type",
  ]);
});
