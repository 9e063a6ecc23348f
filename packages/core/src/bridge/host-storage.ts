import { StorageDefinition } from "../gen/pb/storage.ts";
import { LogicalError, StorageError } from "../logical/errors.ts";
import type { HostCallOptions } from "../logical/events.ts";
import { type Client, clientOf } from "../rpc/service.ts";
import { RpcError } from "../rpc/status.ts";
import type { CallOptions, Channel } from "../rpc/transport/transport.ts";
import { type Binding, callHost } from "./host-call.ts";

/** The host's storage of one mount, and what was learnt of the host so far. */
export interface HostStorage {
  readonly client: Client<typeof StorageDefinition>;
  /** Turns false once the host has said that it lists no pages. */
  hasPages: boolean;
  /** Whether the host has transactions; asked once. */
  isTransactional(): Promise<boolean>;
}

/** Makes the storage behind a mount's channel. */
export function createHostStorage(channel: Channel): HostStorage {
  const client = clientOf(StorageDefinition, channel);
  let answer: Promise<boolean> | undefined;

  async function ask(): Promise<boolean> {
    try {
      return (await client.isTransactional({})).transactional;
    } catch (error) {
      if (isUnimplemented(error)) return false;
      answer = undefined;
      throw storageError(error);
    }
  }

  return {
    client,
    hasPages: true,
    isTransactional() {
      answer ??= ask();
      return answer;
    },
  };
}

/** Calls the host's storage; a failure is thrown as `StorageError` with the host's own text. */
export async function callStorage<R extends { readonly err: string }>(
  binding: Binding,
  options: HostCallOptions | undefined,
  call: (options: CallOptions) => Promise<R>,
): Promise<R> {
  try {
    const reply = await callHost(binding, options, call);
    // Hosts recognise some of these texts and then forward the whole request to a node that can write.
    if (reply.err !== "") throw new StorageError(reply.err);
    return reply;
  } catch (error) {
    throw storageError(error);
  }
}

/** Whether the host has no such method. */
export function isUnimplemented(error: unknown): boolean {
  const { cause } = error instanceof LogicalError ? error : { cause: error };
  return cause instanceof RpcError && cause.status === "unimplemented";
}

/** Hosts send their own texts as `unknown`; other states come from the transport, whose texts name sockets. */
function storageError(error: unknown): unknown {
  if (!(error instanceof RpcError)) return error;
  const text = error.status === "unknown" ? error.message : `storage call failed: ${error.status}`;
  return new StorageError(text, { cause: error });
}
