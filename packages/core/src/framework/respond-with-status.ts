import { goJson } from "../logical/go-json.ts";
import type { Request } from "../logical/request.ts";
import type { Response } from "../logical/response.ts";
import type { AnswerData } from "./answer-data.ts";
import { rawResponse } from "./raw-response.ts";

/** What an answer with a status of its own can say; no host adds a lease or a token to it. */
export interface StatusAnswer {
  readonly data?: AnswerData;
  readonly warnings?: readonly string[];
}

/** Makes the response that answers with this HTTP status, in the form of the host's other answers or without a body. */
export function respondWithStatus(request: Pick<Request, "id">, status: number, answer?: StatusAnswer): Response {
  const contentType = "application/json";
  if (!answer) return rawResponse({ status, contentType });
  const { data, warnings = [] } = answer;
  const envelope = {
    request_id: request.id,
    lease_id: "",
    renewable: false,
    lease_duration: 0,
    data: data === undefined ? null : sorted(data),
    wrap_info: null,
    warnings: warnings.length === 0 ? null : warnings,
    auth: null,
    mount_type: "",
  };
  return rawResponse({ status, contentType, body: goJson(envelope) });
}

/** Sorts the members of plain objects at all depths, as hosts do; what is none is left to JSON. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}
