import type { HeaderField } from "./header-field.ts";

/** Blocks that were decoded while the table was as it is, with what they mean: most calls have the same few. */
export interface KnownBlocks {
  find(block: Uint8Array): readonly HeaderField[] | undefined;
  add(block: Uint8Array, fields: readonly HeaderField[]): void;
  clear(): void;
}

/** A peer that sends more kinds of blocks, or longer ones, gains nothing from memory. */
const maxBlocks = 8;
const maxLength = 32;

/** Makes an empty memory. */
export function createKnownBlocks(): KnownBlocks {
  const known: { readonly block: Uint8Array; readonly fields: readonly HeaderField[] }[] = [];
  return {
    find(block) {
      for (const entry of known) if (areEqual(entry.block, block)) return entry.fields;
      return undefined;
    },
    add(block, fields) {
      if (known.length < maxBlocks && block.length <= maxLength) known.push({ block: Uint8Array.from(block), fields });
    },
    clear() {
      known.length = 0;
    },
  };
}

function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
  return true;
}
