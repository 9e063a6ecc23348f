import type { HandleRequestReply, ProtoError, Response as ResponseMessage } from "../gen/pb/backend.ts";
import { checkResponse } from "../logical/check-response.ts";
import { isErrorData } from "../logical/error-data.ts";
import { LogicalError, UserError } from "../logical/errors.ts";
import type { Data } from "../logical/json.ts";
import type { Response } from "../logical/response.ts";
import { errorFromWire, errorToWire, hasOwnText } from "./errors.ts";
import { responseFromWire, responseToWire } from "./response.ts";

/** How a request ended: with a response, with nothing, or with a failure. */
export type Outcome = { readonly response: Response | undefined } | { readonly error: LogicalError };

/** Gives the reply to a request; without a response its field is absent, which hosts tell from an empty response. */
export function replyToWire(outcome: Outcome): HandleRequestReply {
  if (!("error" in outcome)) return reply(outcome.response && checkedToWire(outcome.response), undefined);
  const { error } = outcome;
  // Beside a response hosts would forget the status.
  if (error.kind === "coded") return reply(undefined, errorToWire(error));
  const response = needsResponse(error) ? responseToWire({ data: errorDataOf(error) }) : undefined;
  // A user's mistake is told by the response alone, the way that leads to status 400. With data beside the text, older
  // hosts (Vault 1.10) would take the response for a success.
  const isTold = error.kind === "user" && response !== undefined && !hasData(error);
  return reply(response, isTold ? undefined : errorToWire(error));
}

/** Here every answer passes, whichever operation it is of and whoever wrote the backend. */
function checkedToWire(response: Response): ResponseMessage {
  checkResponse(response);
  return responseToWire(response);
}

function reply(response: ResponseMessage | undefined, err: ProtoError | undefined): HandleRequestReply {
  return { response, err, walIndex: undefined };
}

function needsResponse(error: LogicalError): boolean {
  return error.isResponse || hasOwnText(error) || hasData(error);
}

function hasData({ data }: LogicalError): boolean {
  return data !== undefined && data !== null;
}

function errorDataOf(error: LogicalError): Data {
  return hasData(error) ? { error: error.message, data: error.data } : { error: error.message };
}

/** Reads the reply to a request. */
export function replyFromWire({ response: message, err }: HandleRequestReply): Outcome {
  const error = errorFromWire(err);
  const response = message && responseFromWire(message);
  const data = response?.data;
  if (!data || !isErrorData(data)) return error ? { error } : { response };
  const text = String(data["error"]);
  const beside = data["data"] === undefined ? {} : { data: data["data"] };
  // Hosts replace a coded error by the text of the response, and so lose its code.
  if (!error || error.kind === "coded") return { error: new UserError(text, { ...beside, cause: error }) };
  return { error: new LogicalError(error.kind, text, { ...beside, cause: error, isResponse: true }) };
}
