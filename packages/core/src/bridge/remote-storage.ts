import { StorageError } from "../logical/errors.ts";
import type { HostCallOptions } from "../logical/events.ts";
import type { Page, Storage } from "../logical/storage.ts";
import type { CallOptions } from "../rpc/transport/transport.ts";
import { storageEntryFromWire, storageEntryToWire } from "../wire/storage-entry.ts";
import type { Binding } from "./host-call.ts";
import { callStorage, type HostStorage, isUnimplemented } from "./host-storage.ts";
import { isPartial, pageOf } from "./page.ts";
import { type Transaction, transact } from "./remote-transaction.ts";

const longestPage = 2 ** 31 - 1;

/** Makes the host's storage local for one call, whose end ends what is still under way. */
export function remoteStorage(host: HostStorage, binding: Binding, transaction?: Transaction): Storage {
  const { client } = host;

  /** A transaction does not end before its calls have, whether somebody waits for them or not. */
  function ask<R extends { readonly err: string }>(
    options: HostCallOptions | undefined,
    call: (options: CallOptions) => Promise<R>,
  ): Promise<R> {
    const asked = callStorage(binding, options, call);
    return transaction ? transaction.during(asked) : asked;
  }

  /** A host acts outside any transaction when it does not know the id, so a late call must not reach it. */
  function txn(): string {
    if (transaction?.hasEnded) throw new StorageError("transaction has been committed or rolled back");
    return transaction?.id ?? "";
  }

  async function listAll(prefix: string, options: HostCallOptions): Promise<readonly string[]> {
    const reply = await ask(options, (call) => client.list({ prefix, txn: txn() }, call));
    return reply.keys;
  }

  async function listPage(prefix: string, options: HostCallOptions & Page): Promise<readonly string[]> {
    const { after = "", limit = 0 } = options;
    const args = { prefix, after, limit: Math.min(Math.max(Math.trunc(limit), 0), longestPage) };
    const reply = await ask(options, (call) => client.listPage({ ...args, txn: txn() }, call));
    return reply.keys;
  }

  const storage: Storage = {
    async get(key, options) {
      const { entry } = await ask(options, (call) => client.get({ key, txn: txn() }, call));
      return entry && storageEntryFromWire(entry);
    },
    async put(entry, options) {
      const args = { entry: storageEntryToWire(entry) };
      await ask(options, (call) => client.put({ ...args, txn: txn() }, call));
    },
    async delete(key, options) {
      await ask(options, (call) => client.delete({ key, txn: txn() }, call));
    },
    async list(prefix, options = {}) {
      if (!isPartial(options)) return [...(await listAll(prefix, options))];
      if (host.hasPages) {
        try {
          return [...(await listPage(prefix, options))];
        } catch (error) {
          if (!isUnimplemented(error)) throw error;
          host.hasPages = false;
        }
      }
      return pageOf(await listAll(prefix, options), options);
    },
    transaction(work, options = {}) {
      // What is begun within a transaction belongs to it.
      if (transaction) return work(storage);
      return transact(host, { binding, options, storageIn: remoteStorage }, work);
    },
  };
  return storage;
}
