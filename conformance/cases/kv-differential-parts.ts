import type { Dice } from "../fuzz.ts";
import type { KvRequest } from "./kv-differential-send.ts";
import { noBodies, pick } from "./kv-differential-values.ts";

/** The content type of patches. */
export const merge = "application/merge-patch+json";

/** A write of this body, seldom of one that is none. */
export function write(dice: Dice, path: string, text: string): KvRequest {
  return { method: dice(5) === 0 ? "PUT" : "POST", path, ...body(dice, text) };
}

/** This body, seldom one that is none. */
export function body(dice: Dice, text: string): { readonly body: string } {
  return { body: dice(40) === 0 ? pick(dice, noBodies) : text };
}

/** A list in one of its two spellings. */
export function list(dice: Dice, path: string, query: string): KvRequest {
  if (dice(4) === 0) return { method: "GET", path: `${path}${query === "" ? "?" : `${query}&`}list=true` };
  return { method: "LIST", path: `${path}${query}` };
}
