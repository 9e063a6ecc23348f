import type { Request as RequestMessage } from "../gen/pb/backend.ts";
import { UnsupportedOperation } from "../logical/errors.ts";
import { present } from "../logical/present.ts";
import { type Operation, operations, type Request } from "../logical/request.ts";
import { nonZero } from "./absent.ts";
import { authFromWire, authToWire } from "./auth.ts";
import { connectionFromWire, connectionToWire } from "./connection.ts";
import { dataFromWire, dataToWire } from "./data.ts";
import { headersFromWire, headersToWire } from "./headers.ts";
import { rotationInfoFromWire, rotationInfoToWire } from "./rotation.ts";
import { secretFromWire, secretToWire } from "./secret.ts";
import { requestWrapInfoFromWire, requestWrapInfoToWire } from "./wrap-info.ts";

/** Gives a request as a message. */
export function requestToWire(request: Request): RequestMessage {
  return {
    id: request.id,
    replicationCluster: request.replicationCluster ?? "",
    operation: request.operation,
    path: request.path,
    data: dataToWire(request.data),
    secret: request.secret && secretToWire(request.secret),
    auth: request.auth && authToWire(request.auth),
    headers: headersToWire(request.headers),
    clientToken: request.clientToken ?? "",
    clientTokenAccessor: request.clientTokenAccessor ?? "",
    displayName: request.displayName ?? "",
    mountPoint: request.mountPoint ?? "",
    mountType: request.mountType ?? "",
    mountAccessor: request.mountAccessor ?? "",
    wrapInfo: request.wrapInfo && requestWrapInfoToWire(request.wrapInfo),
    clientTokenRemainingUses: BigInt(request.clientTokenRemainingUses ?? 0),
    entityId: request.entityId ?? "",
    policyOverride: request.policyOverride ?? false,
    unauthenticated: request.unauthenticated ?? false,
    connection: request.connection && connectionToWire(request.connection),
    requiresSnapshotId: request.requiresSnapshotId ?? "",
    recoverSourcePath: request.recoverSourcePath ?? "",
    rotationInfo: request.rotationInfo && rotationInfoToWire(request.rotationInfo),
  };
}

/** Reads a request; throws `UnsupportedOperation` for an operation that is not known here. */
export function requestFromWire(request: RequestMessage): Request {
  return present({
    id: request.id,
    operation: operationFromWire(request.operation),
    path: request.path,
    data: dataFromWire(request.data),
    secret: request.secret && secretFromWire(request.secret),
    auth: request.auth && authFromWire(request.auth),
    headers: headersFromWire(request.headers),
    clientToken: nonZero(request.clientToken),
    clientTokenAccessor: nonZero(request.clientTokenAccessor),
    clientTokenRemainingUses: nonZero(Number(request.clientTokenRemainingUses)),
    displayName: nonZero(request.displayName),
    mountPoint: nonZero(request.mountPoint),
    mountType: nonZero(request.mountType),
    mountAccessor: nonZero(request.mountAccessor),
    wrapInfo: request.wrapInfo && requestWrapInfoFromWire(request.wrapInfo),
    entityId: nonZero(request.entityId),
    policyOverride: nonZero(request.policyOverride),
    unauthenticated: nonZero(request.unauthenticated),
    connection: request.connection && connectionFromWire(request.connection),
    replicationCluster: nonZero(request.replicationCluster),
    requiresSnapshotId: nonZero(request.requiresSnapshotId),
    recoverSourcePath: nonZero(request.recoverSourcePath),
    rotationInfo: request.rotationInfo && rotationInfoFromWire(request.rotationInfo),
  });
}

function operationFromWire(name: string): Operation {
  const operation = operations.find((known) => known === name);
  if (operation === undefined) throw new UnsupportedOperation();
  return operation;
}
