import { EventsDefinition, ObservationsDefinition } from "../gen/pb/events.ts";
import type { Events, HostCallOptions } from "../logical/events.ts";
import type { Log } from "../logical/log.ts";
import { clientOf } from "../rpc/service.ts";
import type { CallOptions, Channel } from "../rpc/transport/transport.ts";
import { eventToWire, observationToWire } from "../wire/event.ts";
import { type Binding, callHost } from "./host-call.ts";
import { isUnimplemented } from "./host-storage.ts";

/** Makes the host's event sinks local; the result gives them for one call. What is sent never makes a request fail. */
export function createRemoteEvents(channel: Channel, log: Log): (binding: Binding) => Events {
  const events = clientOf(EventsDefinition, channel);
  const observations = clientOf(ObservationsDefinition, channel);
  const missing = new Set<string>();

  async function send(
    sink: "events" | "observations",
    { binding, options }: { readonly binding: Binding; readonly options: HostCallOptions | undefined },
    call: (options: CallOptions) => Promise<unknown>,
  ): Promise<void> {
    if (missing.has(sink)) return;
    try {
      await callHost(binding, options, call);
    } catch (error) {
      if (isUnimplemented(error)) {
        if (!missing.has(sink)) log.debug(`the host takes no ${sink}`);
        missing.add(sink);
        return;
      }
      const isAborted = (binding.signal?.aborted || options?.signal?.aborted) ?? false;
      if (!isAborted) log.warn(`${sink} not sent`, { error });
    }
  }

  return (binding) => ({
    send: (type, event, options) =>
      send("events", { binding, options }, async (call) => events.sendEvent(eventToWire(type, event), call)),
    observe: (type, data, options) =>
      send("observations", { binding, options }, async (call) =>
        observations.recordObservation(observationToWire(type, data), call),
      ),
  });
}
