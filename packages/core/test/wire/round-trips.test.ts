import { describe, test } from "node:test";
import * as identity from "../../src/gen/logical/identity.ts";
import { PluginEnvironment } from "../../src/gen/logical/plugin.ts";
import * as pb from "../../src/gen/pb/backend.ts";
import { StorageEntry } from "../../src/gen/pb/storage.ts";
import * as system from "../../src/gen/pb/system-view.ts";
import { aliasFromWire, aliasToWire } from "../../src/wire/alias.ts";
import { authFromWire, authToWire } from "../../src/wire/auth.ts";
import { connectionFromWire, connectionToWire } from "../../src/wire/connection.ts";
import { entityFromWire, entityToWire, groupFromWire, groupToWire } from "../../src/wire/identity.ts";
import {
  identityTokenFromWire,
  identityTokenRequestFromWire,
  identityTokenRequestToWire,
  identityTokenToWire,
} from "../../src/wire/identity-token.ts";
import { initializationFromWire, initializationToWire } from "../../src/wire/initialization.ts";
import { leaseFromWire, leaseToWire } from "../../src/wire/lease.ts";
import { pluginEnvironmentFromWire, pluginEnvironmentToWire } from "../../src/wire/plugin-environment.ts";
import { requestFromWire, requestToWire } from "../../src/wire/request.ts";
import { responseFromWire, responseToWire } from "../../src/wire/response.ts";
import {
  rotationJobFromWire,
  rotationJobToWire,
  rotationStatusFromWire,
  rotationStatusToWire,
} from "../../src/wire/rotation.ts";
import { secretFromWire, secretToWire } from "../../src/wire/secret.ts";
import { specialPathsFromWire, specialPathsToWire } from "../../src/wire/special-paths.ts";
import { storageEntryFromWire, storageEntryToWire } from "../../src/wire/storage-entry.ts";
import {
  requestWrapInfoFromWire,
  requestWrapInfoToWire,
  responseWrapInfoFromWire,
  responseWrapInfoToWire,
} from "../../src/wire/wrap-info.ts";
import { assertRoundTrip, full } from "./full.ts";
import * as samples from "./samples.ts";

describe("with every field set", () => {
  test("a request stays the same", () => {
    assertRoundTrip({ codec: pb.Request, fromWire: requestFromWire, toWire: requestToWire }, samples.request);
  });

  test("a response stays the same", () => {
    assertRoundTrip({ codec: pb.Response, fromWire: responseFromWire, toWire: responseToWire }, samples.response);
  });

  test("a login stays the same", () => {
    assertRoundTrip({ codec: pb.Auth, fromWire: authFromWire, toWire: authToWire }, samples.auth);
  });

  test("a secret stays the same", () => {
    assertRoundTrip({ codec: pb.Secret, fromWire: secretFromWire, toWire: secretToWire }, samples.secret);
  });

  test("a lease stays the same", () => {
    assertRoundTrip({ codec: pb.LeaseOptions, fromWire: leaseFromWire, toWire: leaseToWire }, samples.lease);
  });

  test("an alias stays the same", () => {
    assertRoundTrip({ codec: identity.Alias, fromWire: aliasFromWire, toWire: aliasToWire }, samples.alias);
  });

  test("a connection stays the same", () => {
    const converters = { codec: pb.Connection, fromWire: connectionFromWire, toWire: connectionToWire };
    assertRoundTrip(converters, samples.connection);
  });

  test("wrapping stays the same", () => {
    assertRoundTrip(
      { codec: pb.RequestWrapInfo, fromWire: requestWrapInfoFromWire, toWire: requestWrapInfoToWire },
      samples.requestWrapInfo,
    );
    assertRoundTrip(
      { codec: pb.ResponseWrapInfo, fromWire: responseWrapInfoFromWire, toWire: responseWrapInfoToWire },
      samples.responseWrapInfo,
    );
  });

  test("special paths stay the same", () => {
    const toWire = (paths: ReturnType<typeof specialPathsFromWire>) => specialPathsToWire(paths) as pb.Paths;
    assertRoundTrip({ codec: pb.Paths, fromWire: specialPathsFromWire, toWire }, samples.paths);
  });

  test("an initialization stays the same", () => {
    const converters = { codec: pb.InitializeArgs, fromWire: initializationFromWire, toWire: initializationToWire };
    assertRoundTrip(converters, samples.initializeArgs);
  });

  test("a stored value stays the same", () => {
    const entry = full(StorageEntry, { key: "a", value: Uint8Array.of(1, 0, 255), sealWrap: true });
    assertRoundTrip({ codec: StorageEntry, fromWire: storageEntryFromWire, toWire: storageEntryToWire }, entry);
  });

  test("an entity and a group stay the same", () => {
    assertRoundTrip({ codec: identity.Entity, fromWire: entityFromWire, toWire: entityToWire }, samples.entity);
    assertRoundTrip({ codec: identity.Group, fromWire: groupFromWire, toWire: groupToWire }, samples.group);
  });

  test("the host's version stays the same", () => {
    const environment = full(PluginEnvironment, {
      vaultVersion: "1.21.4",
      vaultVersionPrerelease: "rc1",
      vaultVersionMetadata: "ent",
      vaultBuildDate: { seconds: 1_700_000_000n, nanos: 0 },
    });
    assertRoundTrip(
      { codec: PluginEnvironment, fromWire: pluginEnvironmentFromWire, toWire: pluginEnvironmentToWire },
      environment,
    );
  });

  test("an identity token and the wish for it stay the same", () => {
    assertRoundTrip(
      {
        codec: system.GenerateIdentityTokenRequest,
        fromWire: identityTokenRequestFromWire,
        toWire: identityTokenRequestToWire,
      },
      full(system.GenerateIdentityTokenRequest, { audience: "aws", ttl: 3600n }),
    );
    assertRoundTrip(
      { codec: system.GenerateIdentityTokenResponse, fromWire: identityTokenFromWire, toWire: identityTokenToWire },
      full(system.GenerateIdentityTokenResponse, { token: "jwt", ttl: 3600n }),
    );
  });

  test("a rotation job stays the same, but for a field of Vault's own engines", () => {
    const job = full(system.RotationJobInput, {
      name: "root",
      mountPoint: "db/",
      path: "rotate",
      rotationSchedule: "0 0 * * *",
      rotationWindow: 3600n,
      rotationPeriod: 86_400n,
      rotationPolicy: "daily",
      migratedLegacyNextRotationTime: 7n,
    });
    assertRoundTrip(
      { codec: system.RotationJobInput, fromWire: rotationJobFromWire, toWire: rotationJobToWire },
      { ...job, migratedLegacyNextRotationTime: 0n },
    );
  });

  test("the state of a rotation stays the same", () => {
    assertRoundTrip(
      { codec: system.RotationInfoReply, fromWire: rotationStatusFromWire, toWire: rotationStatusToWire },
      full(system.RotationInfoReply, { issueTime: 1_700_000_000n, expireTime: 1_800_000_000n, ttl: 5n }),
    );
  });
});
