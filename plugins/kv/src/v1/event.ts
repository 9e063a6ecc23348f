import { randomUUID } from "node:crypto";
import type { Context } from "@vaultwright/core";

/** Tells the host's event system of a change. A host that cannot be told is no failure of the request. */
export async function sendEvent(operation: "write" | "delete", { request, events }: Context<unknown>): Promise<void> {
  const metadata = {
    modified: "true",
    operation,
    path: request.path,
    // Where the new value can be read; after a deletion there is none.
    ...(operation === "write" && { data_path: request.path }),
  };
  await events.send(`kv-v1/${operation}`, { id: randomUUID(), metadata });
}
