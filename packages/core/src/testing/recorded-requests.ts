import { AsyncLocalStorage } from "node:async_hooks";
import type { Operation } from "../logical/request.ts";
import type { Storage } from "../logical/storage.ts";
import { interceptedStorage, type StorageCall } from "./intercepted-storage.ts";

/** What was asked of a mount, and what the mount asked of its storage meanwhile. */
export interface RecordedRequest {
  readonly operation: Operation | "existence-check" | "initialize" | "invalidate" | "cleanup";
  /** The path, or the key of an invalidation. */
  readonly path: string;
  /** The calls that reached the host's storage, in their order. */
  readonly storage: readonly StorageCall[];
}

/** Tells which storage call belongs to which request, also when many run at once. */
export interface RequestRecorder {
  readonly requests: readonly RecordedRequest[];
  during<T>(request: Omit<RecordedRequest, "storage">, work: () => Promise<T>): Promise<T>;
  /** Notes the calls of a storage with the request that makes them. */
  watch(storage: Storage): Storage;
}

/** Tests that send a hundred thousand requests to see what a plugin keeps must not see what is kept here. */
const mostKept = 1000;

/** Makes a recorder without any request. */
export function createRequestRecorder(): RequestRecorder {
  const requests: RecordedRequest[] = [];
  const current = new AsyncLocalStorage<StorageCall[]>();
  return {
    requests,
    during(request, work) {
      const storage: StorageCall[] = [];
      requests.push({ ...request, storage });
      if (requests.length > mostKept) requests.shift();
      return current.run(storage, work);
    },
    watch: (storage) =>
      interceptedStorage(storage, (call) => {
        current.getStore()?.push(call);
      }),
  };
}
