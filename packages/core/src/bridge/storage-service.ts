import { StorageDefinition } from "../gen/pb/storage.ts";
import { LogicalError } from "../logical/errors.ts";
import type { Log } from "../logical/log.ts";
import type { Storage } from "../logical/storage.ts";
import { implement } from "../rpc/service.ts";
import { RpcError } from "../rpc/status.ts";
import type { Service } from "../rpc/transport/transport.ts";
import { storageEntryFromWire, storageEntryToWire } from "../wire/storage-entry.ts";
import { createOpenTransactions } from "./open-transactions.ts";

/** How a mount's storage is served to its plugin. */
export interface StorageServiceOptions {
  readonly storage: Storage | undefined;
  /** Whether pages and transactions are offered, as OpenBao does; Vault knows only list, get, put and delete. */
  readonly hasTransactions: boolean;
  /** Writing begins with the mount's initialization. */
  isWritable(): boolean;
  /** Aborts when the mount ends; transactions that are then open are rolled back. */
  readonly ended?: AbortSignal;
  readonly log: Log;
}

/** Serves a storage to a plugin; failures go as texts in the replies. */
export function createStorageService({ storage, log, ...options }: StorageServiceOptions): Service {
  if (!storage) return withoutStorage;
  const transactions = createOpenTransactions(storage, options.ended);

  async function answer<R extends object>(work: () => Promise<R>, nothing: R): Promise<R & { readonly err: string }> {
    try {
      return { ...(await work()), err: "" };
    } catch (error) {
      if (error instanceof LogicalError) return { ...nothing, err: error.message };
      log.error("storage failed", { error });
      return { ...nothing, err: "internal storage error" };
    }
  }

  function requireWritable(): void {
    if (!options.isWritable()) throw new LogicalError("unknown", "cannot write to storage during setup");
  }

  const service = {
    async list({ prefix, txn }, { signal }) {
      return answer(async () => ({ keys: await transactions.within(txn).list(prefix, { signal }) }), { keys: [] });
    },
    async get({ key, txn }, { signal }) {
      return answer(
        async () => {
          const entry = await transactions.within(txn).get(key, { signal });
          return { entry: entry && storageEntryToWire(entry) };
        },
        { entry: undefined },
      );
    },
    async put({ entry, txn }, { signal }) {
      return answer(
        async () => {
          requireWritable();
          if (!entry) throw new LogicalError("unknown", "cannot write nil entry");
          await transactions.within(txn).put(storageEntryFromWire(entry), { signal });
          return { walIndex: undefined };
        },
        { walIndex: undefined },
      );
    },
    async delete({ key, txn }, { signal }) {
      return answer(
        async () => {
          requireWritable();
          await transactions.within(txn).delete(key, { signal });
          return { walIndex: undefined };
        },
        { walIndex: undefined },
      );
    },
  } satisfies Parameters<typeof implement<typeof StorageDefinition>>[1];
  if (!options.hasTransactions) return implement(StorageDefinition, service);

  return implement(StorageDefinition, {
    ...service,
    async listPage({ prefix, txn, ...page }, { signal }) {
      const work = async () => ({ keys: await transactions.within(txn).list(prefix, { ...page, signal }) });
      return answer(work, { keys: [] });
    },
    async isTransactional() {
      return { transactional: true };
    },
    async beginTx() {
      return answer(async () => ({ txn: await transactions.begin({ readOnly: false }) }), { txn: "" });
    },
    async beginReadOnlyTx() {
      return answer(async () => ({ txn: await transactions.begin({ readOnly: true }) }), { txn: "" });
    },
    async commit({ txn }) {
      const end = transactions.end(txn);
      return answer(() => end.commit().then(nothingMore), {});
    },
    async rollback({ txn }) {
      const end = transactions.end(txn);
      return answer(() => end.rollBack().then(nothingMore), {});
    },
  });
}

function nothingMore(): object {
  return {};
}

async function missing(): Promise<never> {
  throw new RpcError(
    "unknown",
    "missing storage implementation: this method should not be called during plugin Setup, but only during and after Initialize",
  );
}

const withoutStorage = implement(StorageDefinition, { list: missing, get: missing, put: missing, delete: missing });
