import type { Context } from "@vaultwright/core";

/** Records what was done with a key, for those who observe a Vault; under the names of the plugin in Go. */
export function observe(
  { events, request }: Pick<Context<unknown>, "events" | "request">,
  type: "key/read" | "key/create" | "key/delete" | "code/generate" | "code/validate",
  facts: Readonly<Record<string, unknown>>,
): void {
  const { path, id, entityId = "" } = request;
  events.observe(`totp/${type}`, { path, entity_id: entityId, request_id: id, ...facts });
}
