import type { Response } from "../logical/response.ts";

/** An HTTP answer that the host passes on as it is. */
export interface RawAnswer {
  readonly status: number;
  /** Hosts need it for every status but 204. */
  readonly contentType?: string;
  readonly body?: string | Uint8Array;
  readonly cacheControl?: string;
}

/** Makes the response that sends a raw HTTP answer. */
export function rawResponse({ status, contentType, body, cacheControl }: RawAnswer): Response {
  const data = {
    http_status_code: status,
    ...(contentType === undefined ? {} : { http_content_type: contentType }),
    // Hosts decode any text that happens to be base64, so text is never sent as it is.
    ...(body === undefined ? {} : { http_raw_body: Buffer.from(body).toString("base64") }),
    ...(cacheControl === undefined ? {} : { http_raw_cache_control: cacheControl }),
  };
  return { data };
}
