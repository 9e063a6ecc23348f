import { timingSafeEqual } from "node:crypto";

/** Whether the server answers at all. There is one key, and it is kept beside the data: this is for development. */
export interface Seal {
  readonly isSealed: boolean;
  seal(): Promise<void>;
  /** Gives false for a wrong key. */
  unseal(key: string): Promise<boolean>;
}

/** Makes the seal, closed; `open` and `close` start and stop what works only while it is open. */
export function createSeal(parts: { readonly key: string; open(): Promise<void>; close(): Promise<void> }): Seal {
  let isSealed = true;
  const expected = Buffer.from(parts.key);
  return {
    get isSealed() {
      return isSealed;
    },
    async seal() {
      if (isSealed) return;
      isSealed = true;
      await parts.close();
    },
    async unseal(key) {
      const given = Buffer.from(key);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
      if (!isSealed) return true;
      await parts.open();
      isSealed = false;
      return true;
    },
  };
}
