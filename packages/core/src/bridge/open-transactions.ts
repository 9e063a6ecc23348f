import { randomUUID } from "node:crypto";
import type { Storage } from "../logical/storage.ts";
import { RpcError } from "../rpc/status.ts";

/** Transactions that a plugin began and has not ended, by the ids that it names them with. */
export interface OpenTransactions {
  begin(options: { readonly readOnly: boolean }): Promise<string>;
  /** Gives the storage of a transaction; hosts act outside any transaction when the id is not known. */
  within(id: string): Storage;
  /** Forgets a transaction, and gives the ways to end it; an id that is not known fails the call. */
  end(id: string): TransactionEnd;
}

/** The two ways to end a transaction. */
export interface TransactionEnd {
  commit(): Promise<void>;
  rollBack(): Promise<void>;
}

interface OpenTransaction extends TransactionEnd {
  readonly storage: Storage;
}

/**
 * Makes calls that begin and end transactions of a storage whose transactions are functions. When the signal aborts,
 * those that are still open are rolled back.
 */
export function createOpenTransactions(storage: Storage, ended?: AbortSignal): OpenTransactions {
  const open = new Map<string, OpenTransaction>();
  ended?.addEventListener("abort", () => {
    // The plugin that would be told of a failure is gone.
    for (const transaction of open.values()) transaction.rollBack().catch(() => {});
    open.clear();
  });
  return {
    async begin(options) {
      const id = randomUUID();
      const transaction = await begin(storage, options);
      if (ended?.aborted) {
        await transaction.rollBack();
        throw new RpcError("cancelled", "the mount has ended");
      }
      open.set(id, transaction);
      return id;
    },
    within: (id) => open.get(id)?.storage ?? storage,
    end(id) {
      const transaction = open.get(id);
      if (!transaction) throw new RpcError("unknown", "transaction not found");
      open.delete(id);
      return transaction;
    },
  };
}

function begin(storage: Storage, options: { readonly readOnly: boolean }): Promise<OpenTransaction> {
  return new Promise((resolve, reject) => {
    const rolledBack = new Error("rolled back");
    const ended = storage.transaction(
      (inside) =>
        new Promise<void>((commit, fail) => {
          resolve({
            storage: inside,
            commit() {
              commit();
              return ended;
            },
            async rollBack() {
              fail(rolledBack);
              await ended.catch((error) => {
                if (error !== rolledBack) throw error;
              });
            },
          });
        }),
      options,
    );
    ended.catch(reject);
  });
}
