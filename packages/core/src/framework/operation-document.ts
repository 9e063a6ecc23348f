import type { Data } from "../logical/json.ts";
import type { Response } from "../logical/response.ts";
import type { DisplayAttributes } from "./display.ts";
import type { Fields } from "./field.ts";

/** What documents say of an operation. */
export interface OperationDocument {
  readonly summary?: string;
  readonly description?: string;
  /** Bodies of requests; documents show the first. */
  readonly examples?: readonly RequestExample[];
  /** The members of the data that is answered with status 200. */
  readonly returns?: Fields;
  /** The answers by HTTP status, where `returns` does not say enough. */
  readonly responses?: { readonly [status: number]: ResponseDocument | readonly ResponseDocument[] };
  readonly deprecated?: boolean;
  /** Whether API documents leave the operation out; it can be called, and help shows its path. */
  readonly unpublished?: boolean;
  /** Hints for user interfaces and operation ids; of the latter, what is left out is the path's. */
  readonly display?: DisplayAttributes;
}

/** A body that a client may send. */
export interface RequestExample {
  readonly description?: string;
  readonly data: Data;
}

/** What documents say of an answer. */
export interface ResponseDocument {
  readonly description: string;
  /** Media type of the example, JSON unless given. */
  readonly mediaType?: string;
  /** The members of the answer's data; documents show them instead of the example. */
  readonly fields?: Fields;
  readonly example?: Pick<Response, "data" | "redirect" | "warnings">;
  /** OpenBao only: the name under which documents list the fields, for answers that share them. */
  readonly schemaName?: string;
}
