import { createBlockWriter } from "./block-writer.ts";
import { defaultTableSize } from "./dynamic-table.ts";
import { createFieldIndex } from "./field-index.ts";
import { fieldSize, type HeaderField } from "./header-field.ts";

/** Encodes the header blocks of one connection, in the order in which they are sent. */
export interface HeaderEncoder {
  /**
   * Encodes one complete block, which the caller must not change: the block of a frozen array is kept and given again.
   * Throws `HpackError` for a field that has a character above U+00FF; what is encoded afterwards is right.
   */
  encode(fields: readonly HeaderField[]): Uint8Array;
  /** The peer's SETTINGS_HEADER_TABLE_SIZE. */
  setMaxTableSize(size: number): void;
}

/** Fields whose value is another in nearly every call, so that the table would be full of them. */
const varying: ReadonlySet<string> = new Set([
  "content-length",
  "grpc-message",
  "grpc-status-details-bin",
  "grpc-timeout",
]);

/** Fields with secrets, which no table on the way may have (RFC 7541, 7.1.3). */
const secret: ReadonlySet<string> = new Set(["authorization", "cookie", "proxy-authorization", "set-cookie"]);

/** Makes an encoder whose table has at most `maxTableSize` bytes, whatever the peer allows. */
export function createHeaderEncoder(options: { readonly maxTableSize?: number } = {}): HeaderEncoder {
  const { maxTableSize = defaultTableSize } = options;
  let tableSize = Math.min(maxTableSize, defaultTableSize);
  const index = createFieldIndex(tableSize);
  const writer = createBlockWriter();
  // Sizes that the next block tells, of which the peer needs the smallest and the last (RFC 7541, 4.2).
  let smallest = tableSize === defaultTableSize ? undefined : tableSize;
  // The blocks of frozen arrays, each with the state of the table for which it is right.
  const blocks = new WeakMap<readonly HeaderField[], { readonly state: number; readonly block: Uint8Array }>();
  let state = 0;

  const resize = (size: number) => {
    index.resize(size);
    tableSize = size;
    smallest = Math.min(smallest ?? size, size);
    state += 1;
  };

  const writeSizes = () => {
    if (smallest === undefined) return;
    if (smallest < tableSize) writer.integer(32, 5, smallest);
    writer.integer(32, 5, tableSize);
    smallest = undefined;
    state += 1;
  };

  const writeLiteral = (pattern: number, prefixBits: number, [name, value]: HeaderField) => {
    const nameIndex = index.ofName(name);
    writer.integer(pattern, prefixBits, nameIndex);
    if (nameIndex === 0) writer.string(name);
    writer.string(value);
  };

  const writeField = (field: HeaderField) => {
    const known = index.ofField(field);
    if (known > 0) return writer.integer(128, 7, known);
    const [name] = field;
    if (secret.has(name)) return writeLiteral(16, 4, field);
    // A large field would push out many that are sent more often.
    if (varying.has(name) || fieldSize(field) > tableSize / 4) return writeLiteral(0, 4, field);
    writeLiteral(64, 6, field);
    index.add(field);
    state += 1;
  };

  const write = (fields: readonly HeaderField[]) => {
    try {
      writeSizes();
      for (const field of fields) writeField(field);
    } catch (error) {
      // The peer never sees this block, and must forget with us what it was to add.
      writer.take();
      const size = tableSize;
      resize(0);
      resize(size);
      throw error;
    }
  };

  return {
    encode(fields) {
      const known = blocks.get(fields);
      if (known?.state === state) return known.block;
      const before = state;
      write(fields);
      const block = writer.take();
      if (before === state && Object.isFrozen(fields)) blocks.set(fields, { state, block });
      return block;
    },
    setMaxTableSize(size) {
      const allowed = Math.min(size, maxTableSize);
      if (allowed !== tableSize) resize(allowed);
    },
  };
}
