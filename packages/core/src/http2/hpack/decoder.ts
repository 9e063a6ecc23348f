import { createBlockReader } from "./block-reader.ts";
import { createDynamicTable, defaultTableSize } from "./dynamic-table.ts";
import { fieldSize, type HeaderField } from "./header-field.ts";
import { HpackError } from "./hpack-error.ts";
import { createKnownBlocks } from "./known-blocks.ts";
import { staticTable } from "./static-table.ts";

export type { HeaderField } from "./header-field.ts";

/** Decodes the header blocks of one connection, in the order in which they arrive. */
export interface HeaderDecoder {
  /**
   * Decodes one complete block. Throws `HpackError`, after which the connection is unusable (COMPRESSION_ERROR). Fields
   * that are larger together than `maxListSize` are read, because the next block builds on them, and not kept. The same
   * array is given for the same bytes while the table does not change, so that what is found out of it can be kept too.
   */
  decode(block: Uint8Array): readonly HeaderField[] | "too-large";
}

/** Makes a decoder; `maxTableSize` and `maxListSize` are what our SETTINGS tell the peer. */
export function createHeaderDecoder(options: {
  readonly maxTableSize: number;
  readonly maxListSize: number;
}): HeaderDecoder {
  const { maxTableSize, maxListSize } = options;
  // The peer begins with the default, and makes the table smaller once it has read our SETTINGS.
  const table = createDynamicTable(defaultTableSize);
  const reader = createBlockReader();
  const known = createKnownBlocks();

  const fieldAt = (index: number): HeaderField => {
    const field = index <= staticTable.length ? staticTable[index - 1] : table.get(index - staticTable.length - 1);
    if (!field) throw new HpackError(`no header field has the index ${index}`);
    return field;
  };

  const literal = (prefixBits: number): HeaderField => {
    const index = reader.integer(prefixBits);
    const name = index === 0 ? reader.string() : fieldAt(index)[0];
    return [name, reader.string()];
  };

  const indexedLiteral = () => {
    const field = literal(6);
    table.add(field);
    known.clear();
    return field;
  };

  const field = (first: number) => {
    if (first >= 128) return fieldAt(reader.integer(7));
    return first >= 64 ? indexedLiteral() : literal(4);
  };

  const isSizeUpdate = (first: number) => first >= 32 && first < 64;

  const updateSizes = () => {
    while (isSizeUpdate(reader.peek())) {
      const size = reader.integer(5);
      if (size > maxTableSize) throw new HpackError(`header table of ${size} bytes, more than ${maxTableSize}`);
      table.resize(size);
      known.clear();
    }
  };

  return {
    decode(block) {
      const before = known.find(block);
      if (before) return before;
      const fields: HeaderField[] = [];
      let size = 0;
      reader.open(block);
      let isIndexed = reader.peek() >= 128;
      updateSizes();
      for (let first = reader.peek(); first >= 0; first = reader.peek()) {
        if (isSizeUpdate(first)) throw new HpackError("header table resized after a header field");
        const found = field(first);
        size += fieldSize(found);
        isIndexed &&= first >= 128;
        if (size <= maxListSize) fields.push(found);
      }
      if (size > maxListSize) return "too-large";
      if (isIndexed) known.add(block, fields);
      return fields;
    },
  };
}
