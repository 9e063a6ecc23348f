import { randomUUID } from "node:crypto";
import type { Context } from "@vaultwright/core";

/** Tells the host's event system of a change. The change is done by then, so a failure is no failure of the request. */
export async function sendEvent(operation: "write" | "delete", context: Context<unknown>): Promise<void> {
  const { request, events, log } = context;
  const metadata = {
    modified: "true",
    operation,
    path: request.path,
    // Where the new value can be read; after a deletion there is none.
    ...(operation === "write" && { data_path: request.path }),
  };
  try {
    await events.send(`kv-v1/${operation}`, { id: randomUUID(), metadata });
  } catch (error) {
    log.warn("event could not be sent", { operation, error });
  }
}
