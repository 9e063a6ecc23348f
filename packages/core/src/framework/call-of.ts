import type { Call } from "../logical/backend.ts";

/** The members of a call to spread into a context; a call's own members may be computed, which a spread would miss. */
export function callOf({ storage, system, events, log, signal }: Call): Call {
  return { storage, system, events, log, signal };
}
