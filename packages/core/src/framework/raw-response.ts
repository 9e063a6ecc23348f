import { present } from "../logical/present.ts";
import type { Response } from "../logical/response.ts";

/** An HTTP answer that the host passes on as it is. */
export type RawAnswer = RawHeaders & (RawBody | { readonly status: 204; readonly body?: never });

interface RawBody {
  readonly status: number;
  readonly contentType: string;
  readonly body?: string | Uint8Array;
}

interface RawHeaders {
  /** Hosts need it for every status but 204. */
  readonly contentType?: string;
  /** Without it, hosts forbid to keep the answer. */
  readonly cacheControl?: string;
  readonly pragma?: string;
  readonly wwwAuthenticate?: string;
}

/** Makes the response that sends a raw HTTP answer. */
export function rawResponse(answer: RawAnswer): Response {
  const { status, contentType, body, cacheControl, pragma, wwwAuthenticate } = answer;
  if (!Number.isInteger(status) || status < 200 || status > 599) throw new RangeError(`${status} is no HTTP status`);
  // Callers without types can leave it out.
  if (contentType === undefined && status !== 204) throw new TypeError("a raw answer needs a content type");
  const members = {
    http_status_code: status,
    http_content_type: contentType,
    // Hosts decode any text that happens to be base64, so text is never sent as it is.
    http_raw_body: body === undefined ? undefined : Buffer.from(body).toString("base64"),
    http_raw_cache_control: cacheControl,
    http_raw_pragma: pragma,
    http_www_authenticate: wwwAuthenticate,
  };
  return { data: present(members) };
}
