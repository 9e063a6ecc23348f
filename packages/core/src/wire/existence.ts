import type { HandleExistenceCheckReply } from "../gen/pb/backend.ts";
import type { LogicalError } from "../logical/errors.ts";
import { errorAloneToWire, errorFromWire } from "./errors.ts";

/** How an existence check ended; undefined says that there is none. */
export type Existence = { readonly exists: boolean | undefined } | { readonly error: LogicalError };

/** Gives the reply to an existence check. */
export function existenceToWire(outcome: Existence): HandleExistenceCheckReply {
  if ("error" in outcome) return { checkFound: false, exists: false, err: errorAloneToWire(outcome.error) };
  const { exists } = outcome;
  return { checkFound: exists !== undefined, exists: exists ?? false, err: undefined };
}

/** Reads the reply to an existence check. */
export function existenceFromWire({ checkFound, exists, err }: HandleExistenceCheckReply): Existence {
  const error = errorFromWire(err);
  if (error) return { error };
  return { exists: checkFound ? exists : undefined };
}
