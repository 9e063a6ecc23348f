import type { HostCallOptions } from "../logical/events.ts";
import type { CallOptions, Metadata, ServerCall } from "../rpc/transport/transport.ts";

/** What calls to the host take over from the call that they are made for. */
export interface Binding {
  readonly signal?: AbortSignal;
  readonly metadata?: Metadata;
}

/** Vault's keys for snapshots and for reading one's own writes on standby nodes; they concern storage calls too. */
const forwardedKeys = ["snapshot_id", "index_state_cluster_id", "index_state_local", "index_state_replicated"];

/** Gives what calls to the host take over from a call of the host. */
export function bindingOf({ signal, metadata }: ServerCall): Binding {
  const forwarded = new Map<string, readonly string[]>();
  for (const key of forwardedKeys) {
    const values = metadata.get(key);
    if (values) forwarded.set(key, values);
  }
  return forwarded.size === 0 ? { signal } : { signal, metadata: forwarded };
}

/** Adds a signal to a binding; either aborts what is bound. */
export function withSignal(binding: Binding, signal: AbortSignal | undefined): Binding {
  if (!signal) return binding;
  return { ...binding, signal: binding.signal ? AbortSignal.any([binding.signal, signal]) : signal };
}

/** Calls the host; where the call was aborted, the reason is thrown and not what became of the call. */
export async function callHost<T>(
  binding: Binding,
  options: HostCallOptions | undefined,
  call: (options: CallOptions) => Promise<T>,
): Promise<T> {
  const bound = withSignal(binding, options?.signal);
  bound.signal?.throwIfAborted();
  try {
    return await call(bound);
  } catch (error) {
    bound.signal?.throwIfAborted();
    throw error;
  }
}
