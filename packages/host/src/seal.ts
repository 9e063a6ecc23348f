import { timingSafeEqual } from "node:crypto";

/** Whether the server answers at all. There is one key, and it is kept beside the data: this is for development. */
export interface Seal {
  readonly isSealed: boolean;
  seal(): Promise<void>;
  /** Gives false for a wrong key. */
  unseal(key: string): Promise<boolean>;
}

/** Makes the seal, closed; `open` and `close` start and stop what works only while it is open, never both at once. */
export function createSeal(parts: { readonly key: string; open(): Promise<void>; close(): Promise<void> }): Seal {
  let isSealed = true;
  let isOpen = false;
  let last: Promise<void> = Promise.resolve();
  const expected = Buffer.from(parts.key);
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
  return {
    get isSealed() {
      return isSealed;
    },
    seal() {
      // Requests are refused at once, also those that come while it closes.
      isSealed = true;
      return inTurn(async () => {
        isSealed = true;
        if (!isOpen) return;
        isOpen = false;
        await parts.close();
      });
    },
    async unseal(key) {
      const given = Buffer.from(key);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
      await inTurn(async () => {
        if (isOpen) return;
        isOpen = true;
        await parts.open();
        isSealed = false;
      });
      return true;
    },
  };
}
