import type { Data } from "../logical/json.ts";

/**
 * The data of an answer: an object, which may be of an author's own interface. Lists, maps, bytes and dates are objects too,
 * but no answer can be one of them.
 */
export type AnswerData =
  | Data
  | (object & { readonly [Symbol.iterator]?: never; readonly [Symbol.toPrimitive]?: never });

/** Sees an author's object by its members. */
export function dataOf(data: AnswerData): Data {
  // An interface has no index signature because others may add to it; every member can be read as `unknown` all the same.
  return data as Data;
}
