import type { Data } from "./json.ts";

/** Options of a call to the host. */
export interface HostCallOptions {
  /** Aborts the call, in addition to the signal of the request that it belongs to. */
  readonly signal?: AbortSignal;
}

/** An event as Vault's event system carries it. */
export interface Event {
  /** Unique id of the event, a UUID by convention. */
  readonly id: string;
  readonly metadata?: Data;
  readonly entityIds?: readonly string[];
  readonly note?: string;
}

/** Vault's event and observation sinks. Hosts without them (OpenBao, older Vault) accept and drop everything. */
export interface Events {
  /** Sends an event of the given type, for instance `kv-v2/data-write`. */
  send(type: string, event: Event, options?: HostCallOptions): Promise<void>;
  /** Records an observation; `data` must hold plain JSON types. */
  observe(type: string, data: Data, options?: HostCallOptions): Promise<void>;
}
