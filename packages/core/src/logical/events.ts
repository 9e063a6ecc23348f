import type { Data } from "./json.ts";

/** Options of a call to the host. */
export interface HostCallOptions {
  /** Aborts the call, in addition to the signal of the request that it belongs to. */
  readonly signal?: AbortSignal;
}

/** An event as Vault's event system carries it. */
export interface Event {
  /** Unique id of the event; left out, it is a new UUID. */
  readonly id?: string;
  /** Plain JSON. Vault knows `path`, `data_path`, `operation` and `modified`, which say what happened to which secret. */
  readonly metadata?: Data;
  readonly entityIds?: readonly string[];
  readonly note?: string;
}

/**
 * Vault's event and observation sinks. What is sent makes nobody wait and no request fail: it leaves in the background,
 * what cannot be sent is lost, and the log tells of the first that was. Hosts without them (OpenBao, older Vault) get
 * nothing, and observations go to Vault's Enterprise only, since others drop them.
 */
export interface Events {
  /** Sends an event of the given type, for instance `kv-v2/data-write`. */
  send(type: string, event?: Event): void;
  /** Records an observation; `data` must hold plain JSON types. */
  observe(type: string, data?: Data): void;
}
