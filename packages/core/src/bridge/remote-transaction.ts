import { StorageError } from "../logical/errors.ts";
import type { Storage, TransactionOptions } from "../logical/storage.ts";
import { type Binding, withSignal } from "./host-call.ts";
import { callStorage, type HostStorage } from "./host-storage.ts";

/** A transaction of the host's storage. */
export interface Transaction {
  readonly id: string;
  hasEnded: boolean;
  /** Gives a call back, and makes the end of the transaction wait for it. */
  during<T>(call: Promise<T>): Promise<T>;
  /** Resolves once no call is under way; fails as one of them fails. */
  settled(): Promise<void>;
}

const rollbackMs = 5000;

/** Runs `work` in a transaction of the host, or without one where the host has none. */
export async function transact<T>(
  host: HostStorage,
  given: {
    readonly binding: Binding;
    readonly options: TransactionOptions;
    storageIn(host: HostStorage, binding: Binding, transaction?: Transaction): Storage;
  },
  work: (storage: Storage) => Promise<T>,
): Promise<T> {
  const { options, storageIn } = given;
  const binding = withSignal(given.binding, options.signal);
  binding.signal?.throwIfAborted();
  if (!(await host.isTransactional())) return work(storageIn(host, binding));
  const transaction = await begin(host, options);
  let result: T;
  try {
    result = await work(storageIn(host, binding, transaction));
    // A call that nobody waited for would reach the host after the commit, and act outside the transaction.
    transaction.hasEnded = true;
    await transaction.settled();
    binding.signal?.throwIfAborted();
  } catch (error) {
    transaction.hasEnded = true;
    await transaction.settled().catch(() => {});
    await rollBack(host, transaction);
    throw error;
  }
  if (options.readOnly) await rollBack(host, transaction);
  else await commit(host, transaction);
  return result;
}

/** The begin and the end are not aborted with the request: the host would keep a transaction that nobody can name. */
const unbound: Binding = {};

async function begin({ client }: HostStorage, { readOnly = false }: TransactionOptions): Promise<Transaction> {
  const { txn } = await callStorage(unbound, undefined, () =>
    readOnly ? client.beginReadOnlyTx({}) : client.beginTx({}),
  );
  if (txn === "") throw new StorageError("the host began a transaction without an id");
  const underWay = new Set<Promise<unknown>>();
  return {
    id: txn,
    hasEnded: false,
    during(call) {
      underWay.add(call);
      const end = () => underWay.delete(call);
      call.then(end, end);
      return call;
    },
    async settled() {
      await Promise.all(underWay);
    },
  };
}

async function commit({ client }: HostStorage, { id }: Transaction): Promise<void> {
  await callStorage(unbound, undefined, () => client.commit({ txn: id }));
}

async function rollBack({ client }: HostStorage, { id }: Transaction): Promise<void> {
  try {
    await client.rollback({ txn: id }, { timeoutMs: rollbackMs });
  } catch {
    // Nothing of it was committed, and what led here matters more than a transaction that the host has to forget.
  }
}
