import type {
  RequestWrapInfo as RequestWrapInfoMessage,
  ResponseWrapInfo as ResponseWrapInfoMessage,
} from "../gen/pb/backend.ts";
import { present } from "../logical/present.ts";
import type { RequestWrapInfo } from "../logical/request.ts";
import type { ResponseWrapInfo } from "../logical/response.ts";
import { nonZero } from "./absent.ts";
import { durationFromWire, durationToWire } from "./duration.ts";
import { timeFromWire, timeToWire } from "./time.ts";

/** Gives a client's wish for wrapping as a message. */
export function requestWrapInfoToWire(info: RequestWrapInfo): RequestWrapInfoMessage {
  return { ttl: durationToWire(info.ttl), format: info.format ?? "", sealWrap: info.sealWrap ?? false };
}

/** Reads a client's wish for wrapping. */
export function requestWrapInfoFromWire(info: RequestWrapInfoMessage): RequestWrapInfo {
  return present({
    ttl: durationFromWire(info.ttl),
    format: nonZero(info.format),
    sealWrap: nonZero(info.sealWrap),
  });
}

/** Gives what is known of a wrapped response as a message; Vault fails to read one without a creation time. */
export function responseWrapInfoToWire(info: ResponseWrapInfo): ResponseWrapInfoMessage {
  return {
    ttl: durationToWire(info.ttl),
    token: info.token ?? "",
    accessor: info.accessor ?? "",
    creationTime: timeToWire(info.creationTime),
    wrappedAccessor: info.wrappedAccessor ?? "",
    wrappedEntityId: info.wrappedEntityId ?? "",
    format: info.format ?? "",
    creationPath: info.creationPath ?? "",
    sealWrap: info.sealWrap ?? false,
  };
}

/** Reads what is known of a wrapped response. */
export function responseWrapInfoFromWire(info: ResponseWrapInfoMessage): ResponseWrapInfo {
  return present({
    ttl: durationFromWire(info.ttl),
    token: nonZero(info.token),
    accessor: nonZero(info.accessor),
    creationTime: timeFromWire(info.creationTime),
    wrappedAccessor: nonZero(info.wrappedAccessor),
    wrappedEntityId: nonZero(info.wrappedEntityId),
    format: nonZero(info.format),
    creationPath: nonZero(info.creationPath),
    sealWrap: nonZero(info.sealWrap),
  });
}
