import { fieldSize, type HeaderField } from "./header-field.ts";

/** The fields that both peers have seen lately (RFC 7541, 2.3.2): the oldest go when the table becomes too large. */
export interface DynamicTable {
  /** The field that was added so many fields ago; 0 is the newest. */
  get(age: number): HeaderField | undefined;
  /** Adds a field. One that is larger than the table empties it. */
  add(field: HeaderField): void;
  resize(maxSize: number): void;
}

/** What the table of both directions may have unless SETTINGS say otherwise. */
export const defaultTableSize = 4096;

/** Makes an empty table. */
export function createDynamicTable(maxSize: number, onEvicted?: (field: HeaderField) => void): DynamicTable {
  // A ring: the newest field is in the slot before `end`; the number of slots is a power of two.
  let slots: (HeaderField | undefined)[] = new Array(16);
  let end = 0;
  let count = 0;
  let size = 0;
  let limit = maxSize;

  const slotOf = (age: number) => (end - 1 - age) & (slots.length - 1);

  const shrinkTo = (target: number) => {
    while (size > target) {
      const slot = slotOf(count - 1);
      const field = slots[slot];
      // Never so: what has a size has fields.
      if (!field) return;
      slots[slot] = undefined;
      count -= 1;
      size -= fieldSize(field);
      onEvicted?.(field);
    }
  };

  const grow = () => {
    const larger: (HeaderField | undefined)[] = new Array(slots.length * 2);
    for (let age = 0; age < count; age += 1) larger[count - 1 - age] = slots[slotOf(age)];
    slots = larger;
    end = count;
  };

  const get = (age: number) => (age < count ? slots[slotOf(age)] : undefined);

  return {
    get,
    add(field) {
      const added = fieldSize(field);
      shrinkTo(Math.max(limit - added, 0));
      if (added > limit) return;
      if (count === slots.length) grow();
      slots[end] = field;
      end = (end + 1) & (slots.length - 1);
      count += 1;
      size += added;
    },
    resize(newLimit) {
      limit = newLimit;
      shrinkTo(limit);
    },
  };
}
