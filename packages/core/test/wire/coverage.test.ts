import assert from "node:assert/strict";
import { test } from "node:test";
import * as logicalEvent from "../../src/gen/logical/event.ts";
import * as identity from "../../src/gen/logical/identity.ts";
import * as plugin from "../../src/gen/logical/plugin.ts";
import * as version from "../../src/gen/logical/version.ts";
import * as backend from "../../src/gen/pb/backend.ts";
import * as events from "../../src/gen/pb/events.ts";
import * as storage from "../../src/gen/pb/storage.ts";
import * as system from "../../src/gen/pb/system-view.ts";
import { covered, full } from "./full.ts";
import "./round-trips.test.ts";
import "./event.test.ts";
import * as samples from "./samples.ts";

/** Messages that carry others, an error or a scalar: the services of bridge put them together and take them apart. */
const protoError = full(backend.ProtoError, { errType: 3, errMsg: "text", errCode: 409n });
const walIndex = full(backend.WALIndex, { localIndex: 1n, replicatedIndex: 2n });
full(backend.HandleRequestArgs, { storageId: 1, request: samples.request });
full(backend.HandleRequestReply, { response: samples.response, err: protoError, walIndex });
full(backend.InitializeReply, { err: protoError });
full(backend.SpecialPathsReply, { paths: samples.paths });
full(backend.HandleExistenceCheckArgs, { storageId: 1, request: samples.request });
full(backend.HandleExistenceCheckReply, { checkFound: true, exists: true, err: protoError });
full(backend.SetupArgs, { brokerId: 1, config: new Map([["a", "b"]]), backendUuid: "uuid" });
full(backend.SetupReply, { err: "text" });
full(backend.TypeReply, { type: 1 });
full(backend.InvalidateKeyArgs, { key: "a" });
const entry = { key: "a", value: Uint8Array.of(1), sealWrap: true };
full(storage.StorageListArgs, { prefix: "a/", txn: "t" });
full(storage.StorageListPageArgs, { prefix: "a/", after: "b", limit: 1, txn: "t" });
full(storage.StorageListReply, { keys: ["a"], err: "text" });
full(storage.StorageGetArgs, { key: "a", txn: "t" });
full(storage.StorageGetReply, { entry, err: "text" });
full(storage.StoragePutArgs, { entry, txn: "t" });
full(storage.StoragePutReply, { err: "text", walIndex });
full(storage.StorageDeleteArgs, { key: "a", txn: "t" });
full(storage.StorageDeleteReply, { err: "text", walIndex });
full(storage.StorageIsTransactionalReply, { transactional: true });
full(storage.StorageBeginTxReply, { txn: "t", err: "text" });
full(storage.StorageCommitTxArgs, { txn: "t" });
full(storage.StorageCommitTxReply, { err: "text" });
full(storage.StorageRollbackTxArgs, { txn: "t" });
full(storage.StorageRollbackTxReply, { err: "text" });
full(system.TTLReply, { ttl: 1n });
full(system.TaintedReply, { tainted: true });
full(system.CachingDisabledReply, { disabled: true });
full(system.ReplicationStateReply, { state: 32 });
full(system.ResponseWrapDataArgs, { data: "{}", ttl: 1n, jwt: true });
full(system.ResponseWrapDataReply, { wrapInfo: samples.responseWrapInfo, err: "text" });
full(system.MlockEnabledReply, { enabled: true });
full(system.LocalMountReply, { local: true });
full(system.EntityInfoArgs, { entityId: "id" });
full(system.EntityInfoReply, { entity: samples.entity, err: "text" });
full(system.GroupsForEntityReply, { groups: [samples.group], err: "text" });
full(system.PluginEnvReply, {
  pluginEnvironment: {
    vaultVersion: "1",
    vaultVersionPrerelease: "",
    vaultVersionMetadata: "",
    vaultBuildDate: undefined,
  },
  err: "text",
});
full(system.GeneratePasswordFromPolicyRequest, { policyName: "p" });
full(system.GeneratePasswordFromPolicyReply, { password: "p" });
full(system.ClusterInfoReply, { clusterName: "n", clusterId: "id", err: "text" });
full(system.RotationInfoRequest, { mountPath: "a/" });
full(system.RegisterRotationJobResponse, { rotationId: "id", err: "text" });
full(system.RegisterRotationJobWithResponseReply, { info: samples.rotationInfo, err: "text" });
const req = full(system.DeregisterRotationRequestInput, { mountPoint: "a/", reqPath: "b" });
full(system.DeregisterRotationJobRequest, { req });
full(version.VersionReply, { pluginVersion: "v1.0.0" });

/** Has a wrapped message only. */
const carriers = new Set<string>(["RegisterRotationJobRequest"]);

test("every message of the hosts has been built with all of its fields", () => {
  const modules = { backend, events, identity, logicalEvent, plugin, storage, system, version };

  const missing = Object.values(modules)
    .flatMap((module) => Object.entries(module))
    .filter(([name, codec]) => "encode" in codec && !name.endsWith("Entry") && !covered.has(codec))
    .map(([name]) => name)
    .filter((name) => name !== "Empty" && !carriers.has(name));

  assert.deepEqual(missing, []);
});
