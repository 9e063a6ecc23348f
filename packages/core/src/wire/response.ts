import type { Response as ResponseMessage } from "../gen/pb/backend.ts";
import { isErrorData } from "../logical/error-data.ts";
import type { Data } from "../logical/json.ts";
import { present } from "../logical/present.ts";
import type { Response } from "../logical/response.ts";
import { nonEmpty, nonZero } from "./absent.ts";
import { authFromWire, authToWire } from "./auth.ts";
import { dataFromWire, dataToWire } from "./data.ts";
import { errorTextToWire } from "./errors.ts";
import { headersFromWire, headersToWire } from "./headers.ts";
import { secretFromWire, secretToWire } from "./secret.ts";
import { responseWrapInfoFromWire, responseWrapInfoToWire } from "./wrap-info.ts";

/** Gives a response as a message. */
export function responseToWire(response: Response): ResponseMessage {
  return {
    secret: response.secret && secretToWire(response.secret),
    auth: response.auth && authToWire(response.auth),
    data: dataToWire(response.data && sendableData(response.data)),
    redirect: response.redirect ?? "",
    warnings: response.warnings ?? [],
    wrapInfo: response.wrapInfo && responseWrapInfoToWire(response.wrapInfo),
    headers: headersToWire(response.headers),
    mountType: response.mountType ?? "",
  };
}

/** Data of the shape of a failure is one to hosts, so it has to be one in its members, too. */
function sendableData(data: Data): Data {
  if (!isErrorData(data)) return data;
  const { error } = data;
  if (typeof error !== "string") {
    throw new TypeError("data with only the key error is a failure to hosts, and its value must then be a string");
  }
  return { ...data, error: errorTextToWire(error) };
}

/** Reads a response. */
export function responseFromWire(response: ResponseMessage): Response {
  const members = present({
    secret: response.secret && secretFromWire(response.secret),
    auth: response.auth && authFromWire(response.auth),
    data: dataFromWire(response.data),
    redirect: nonZero(response.redirect),
    warnings: nonEmpty(response.warnings),
    wrapInfo: response.wrapInfo && responseWrapInfoFromWire(response.wrapInfo),
    headers: headersFromWire(response.headers),
    mountType: nonZero(response.mountType),
  });
  // A message can hold a lease and a login at once. Only hosts read one, and each refuses the member that is not for it.
  return members as Response;
}
