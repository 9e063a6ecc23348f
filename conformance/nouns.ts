import * as identity from "../packages/core/src/gen/logical/identity.ts";
import { PluginEnvironment } from "../packages/core/src/gen/logical/plugin.ts";
import * as pb from "../packages/core/src/gen/pb/backend.ts";
import { RecordObservationRequest, SendEventRequest } from "../packages/core/src/gen/pb/events.ts";
import { StorageEntry } from "../packages/core/src/gen/pb/storage.ts";
import * as system from "../packages/core/src/gen/pb/system-view.ts";
import { aliasFromWire, aliasToWire } from "../packages/core/src/wire/alias.ts";
import { authFromWire, authToWire } from "../packages/core/src/wire/auth.ts";
import { connectionFromWire, connectionToWire } from "../packages/core/src/wire/connection.ts";
import { eventFromWire, eventToWire, observationFromWire, observationToWire } from "../packages/core/src/wire/event.ts";
import { entityFromWire, entityToWire, groupFromWire, groupToWire } from "../packages/core/src/wire/identity.ts";
import * as token from "../packages/core/src/wire/identity-token.ts";
import { initializationFromWire, initializationToWire } from "../packages/core/src/wire/initialization.ts";
import { leaseFromWire, leaseToWire } from "../packages/core/src/wire/lease.ts";
import { pluginEnvironmentFromWire, pluginEnvironmentToWire } from "../packages/core/src/wire/plugin-environment.ts";
import { requestFromWire, requestToWire } from "../packages/core/src/wire/request.ts";
import { responseFromWire, responseToWire } from "../packages/core/src/wire/response.ts";
import * as rotation from "../packages/core/src/wire/rotation.ts";
import { secretFromWire, secretToWire } from "../packages/core/src/wire/secret.ts";
import { specialPathsFromWire, specialPathsToWire } from "../packages/core/src/wire/special-paths.ts";
import { storageEntryFromWire, storageEntryToWire } from "../packages/core/src/wire/storage-entry.ts";
import * as wrapping from "../packages/core/src/wire/wrap-info.ts";
import type { Codec } from "./codecs.ts";

type ThroughNoun = (bytes: Uint8Array) => Uint8Array;

function pair<T, N>(codec: Codec<T>, fromWire: (message: T) => N, toWire: (noun: N) => T): ThroughNoun {
  return (bytes) => codec.encode(toWire(fromWire(codec.decode(bytes)))).finish();
}

/** Reads the bytes of a message as a noun and gives its bytes again, by the full name of the message. */
export const throughNoun: Readonly<Record<string, ThroughNoun>> = {
  "logical.Alias": pair(identity.Alias, aliasFromWire, aliasToWire),
  "logical.Entity": pair(identity.Entity, entityFromWire, entityToWire),
  "logical.Group": pair(identity.Group, groupFromWire, groupToWire),
  "logical.PluginEnvironment": pair(PluginEnvironment, pluginEnvironmentFromWire, pluginEnvironmentToWire),
  "pb.Auth": pair(pb.Auth, authFromWire, authToWire),
  "pb.Connection": pair(pb.Connection, connectionFromWire, connectionToWire),
  "pb.GenerateIdentityTokenRequest": pair(
    system.GenerateIdentityTokenRequest,
    token.identityTokenRequestFromWire,
    token.identityTokenRequestToWire,
  ),
  "pb.GenerateIdentityTokenResponse": pair(
    system.GenerateIdentityTokenResponse,
    token.identityTokenFromWire,
    token.identityTokenToWire,
  ),
  "pb.InitializeArgs": pair(pb.InitializeArgs, initializationFromWire, initializationToWire),
  "pb.LeaseOptions": pair(pb.LeaseOptions, leaseFromWire, leaseToWire),
  "pb.Paths": pair(pb.Paths, specialPathsFromWire, (paths) => {
    const message = specialPathsToWire(paths);
    if (message === undefined) throw new Error("the special paths got lost");
    return message;
  }),
  "pb.RecordObservationRequest": (bytes) => {
    const { type, data } = observationFromWire(bytes);
    return RecordObservationRequest.encode(observationToWire(type, data)).finish();
  },
  "pb.Request": pair(pb.Request, requestFromWire, requestToWire),
  "pb.RequestWrapInfo": pair(pb.RequestWrapInfo, wrapping.requestWrapInfoFromWire, wrapping.requestWrapInfoToWire),
  "pb.Response": pair(pb.Response, responseFromWire, responseToWire),
  "pb.ResponseWrapInfo": pair(pb.ResponseWrapInfo, wrapping.responseWrapInfoFromWire, wrapping.responseWrapInfoToWire),
  "pb.RotationInfoReply": pair(
    system.RotationInfoReply,
    rotation.rotationStatusFromWire,
    rotation.rotationStatusToWire,
  ),
  "pb.RotationJobInput": pair(system.RotationJobInput, rotation.rotationJobFromWire, (job) => ({
    ...rotation.rotationJobToWire(job),
    // Only Vault's own engines have it, so it is not in the noun.
    migratedLegacyNextRotationTime: 8_000_000_000n,
  })),
  "pb.Secret": pair(pb.Secret, secretFromWire, secretToWire),
  "pb.SendEventRequest": (bytes) => {
    const { type, event } = eventFromWire(bytes);
    return SendEventRequest.encode(eventToWire(type, event)).finish();
  },
  "pb.StorageEntry": pair(StorageEntry, storageEntryFromWire, storageEntryToWire),
};
