import { createHostStorage } from "../../src/bridge/host-storage.ts";
import { remoteStorage } from "../../src/bridge/remote-storage.ts";
import { StorageDefinition } from "../../src/gen/pb/storage.ts";
import type { Storage } from "../../src/logical/storage.ts";
import { type Handlers, implement } from "../../src/rpc/service.ts";
import { hostServices } from "./in-memory.ts";
import { createMemoryChannel, type MemoryChannel } from "./memory-channel.ts";

/** Makes the host's storage remote; with the channel in between. */
export function through(storage: Storage, hasTransactions: boolean) {
  const channel = createMemoryChannel(hostServices({ storage, hasTransactions }));
  return { channel, remote: remoteStorage(createHostStorage(channel), {}) };
}

/** Makes a storage remote whose host answers with these handlers. */
export function against(handlers: Handlers<typeof StorageDefinition>) {
  const channel = createMemoryChannel([implement(StorageDefinition, handlers)]);
  return { channel, remote: remoteStorage(createHostStorage(channel), {}) };
}

/** The calls of the storage that went through a channel. */
export function methodsOf({ calls }: MemoryChannel): string[] {
  return calls.map(({ path }) => path.replace("/pb.Storage/", ""));
}

/** An entry to write. */
export const entry = { key: "a", value: Uint8Array.of(1) };
