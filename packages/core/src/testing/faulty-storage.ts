import { setTimeout as delay } from "node:timers/promises";
import { StorageError } from "../logical/errors.ts";
import type { Storage } from "../logical/storage.ts";
import { interceptedStorage, type StorageCall } from "./intercepted-storage.ts";

/** What goes wrong with a storage: it sees each call before it is made, and throws or waits. */
export type Fault = (call: StorageCall) => Promise<void> | void;

/** A storage that fails when a test wants it to. */
export type FaultyStorage<S extends Storage> = S & {
  /** What goes wrong from now on; nothing makes the storage work again. */
  setFault(fault: Fault | undefined): void;
};

/** Puts faults before a storage; tests still reach what it holds by its other members. */
export function createFaultyStorage<S extends Storage>(storage: S, fault?: Fault): FaultyStorage<S> {
  let current = fault;
  const faulty = interceptedStorage(storage, (call) => current?.(call));
  return {
    ...storage,
    ...faulty,
    setFault(next) {
      current = next;
    },
  };
}

/** Faults as storages have them. */
export const faults = {
  /** Fails one call, counted from one, and no other. */
  failAt(number: number, text = "the storage is out of order"): Fault {
    let calls = 0;
    return () => {
      calls += 1;
      if (calls === number) throw new StorageError(text);
    };
  },
  /** Makes each call take so long. */
  delay:
    (milliseconds: number): Fault =>
    async () => {
      await delay(milliseconds);
    },
  /** Refuses writes with the text that makes hosts send the request to another node. */
  readOnly: (): Fault => refusing(["put", "delete"], "cannot write to readonly storage"),
  /** Makes transactions fail at their end, as when somebody else wrote in the meantime. */
  conflict: (): Fault => refusing(["commit"], "transaction commit failed"),
};

function refusing(operations: readonly StorageCall["operation"][], text: string): Fault {
  return ({ operation }) => {
    if (operations.includes(operation)) throw new StorageError(text);
  };
}
