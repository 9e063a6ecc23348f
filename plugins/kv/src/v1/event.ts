import type { Context } from "@vaultwright/core";

/** Tells the host's event system of a change. */
export function sendEvent(operation: "write" | "delete", { request, events }: Context<unknown>): void {
  const metadata = {
    modified: "true",
    operation,
    path: request.path,
    // Where the new value can be read; after a deletion there is none.
    ...(operation === "write" && { data_path: request.path }),
  };
  events.send(`kv-v1/${operation}`, { metadata });
}
