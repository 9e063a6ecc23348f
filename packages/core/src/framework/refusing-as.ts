import { UserError } from "../logical/errors.ts";
import { Refusal } from "./coerce/refusal.ts";

/** Tells the caller of a value that a field does not take, behind these words. */
export function refusingAs<T>(prefix: string, attempt: () => T): T {
  try {
    return attempt();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new UserError(prefix + error.message, { cause: error });
  }
}
