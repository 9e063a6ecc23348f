import type { Context } from "@vaultwright/core";

/** Records what was done, and further facts of it, for those who observe the host. */
export function observe(
  { events, request }: Pick<Context<unknown>, "events" | "request">,
  type: string,
  facts: Readonly<Record<string, unknown>> = {},
): void {
  const { path, id, entityId = "" } = request;
  events.observe(type, { path, entity_id: entityId, request_id: id, ...facts });
}
