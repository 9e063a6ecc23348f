import type { Call } from "../logical/backend.ts";
import { checkIsOne } from "../logical/check-response.ts";
import type { Request } from "../logical/request.ts";
import type { LeaseResponse, LoginResponse, Response } from "../logical/response.ts";
import { type AnswerData, dataOf } from "./answer-data.ts";

/** What a handler gets: the values of its fields, and what it may use while it answers. */
export interface Context<out V> extends Call {
  readonly fields: V;
  readonly request: Request;
}

/** What a handler of `recover` gets. */
export interface RecoverContext<out V> extends Context<V> {
  /** Reads the parameters of the path that the data was read from: this request's, unless the client named another. */
  sourceFields(): V;
}

/**
 * What a handler gives: a response, or nothing for "done" and, on a read or a list, for "not found". It has no place for
 * an error, because a host that gets a login and an error in one answer may honour the login.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: a handler that ends without `return` is of type void.
export type Reply = Answer<LeaseResponse> | Answer<LoginResponse> | undefined | void;

type Answer<R extends Response> = Omit<R, "data"> & { readonly data?: AnswerData; readonly error?: never };

/** Gives what a handler answered as the host's side sees it. */
export function responseOf(reply: Reply): Response | undefined {
  if (!reply) return undefined;
  // Members are taken out of it below, which would make an empty response of anything.
  checkIsOne(reply);
  const { data, ...rest } = reply;
  return data === undefined ? rest : { ...rest, data: dataOf(data) };
}

/** Answers a request. Failures are thrown. */
export type Handler<V, C extends Context<V> = Context<V>> = (context: C) => Promise<Reply> | Reply;
