import { isErrorData } from "./error-data.ts";
import type { Response } from "./response.ts";

/** Every member of a response; the compiler asks for a new one to be added here. */
const members: { readonly [K in keyof Response]-?: true } = {
  secret: true,
  auth: true,
  data: true,
  redirect: true,
  warnings: true,
  wrapInfo: true,
  headers: true,
  mountType: true,
};

/** Throws for what is not one object with members, such as a list of responses or a generator of them. */
export function checkIsOne(response: unknown): void {
  if (Object.prototype.toString.call(response) !== "[object Object]")
    throw new TypeError("a handler must give one response, or nothing");
}

/**
 * Throws for what is no answer. The types refuse it too, but not every author has types, and the data of an answer
 * is known at run time only: a host that finds a failure beside a login may honour the login.
 */
export function checkResponse(response: Response): void {
  checkIsOne(response);
  const unknown = Object.keys(response).find((name) => !Object.hasOwn(members, name));
  if (unknown !== undefined) throw new TypeError(`a response has no member "${unknown}"`);
  const { secret, auth, data = {} } = response;
  if (secret && auth) throw new TypeError("an answer must not hand out a lease and log in at once");
  if (!secret && !auth) return;
  if (isErrorData(data)) throw new TypeError("an answer with a login or a lease must not be an error too");
  if (Object.hasOwn(data, "http_status_code"))
    throw new TypeError("an answer with a login or a lease must not be a raw one too");
}
