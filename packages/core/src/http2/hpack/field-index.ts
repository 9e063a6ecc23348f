import { createDynamicTable } from "./dynamic-table.ts";
import type { HeaderField } from "./header-field.ts";
import { staticTable } from "./static-table.ts";

/** The static table and a dynamic one, as the encoder asks them: for the index of a field. */
export interface FieldIndex {
  /** The index of a field, or 0. */
  ofField(field: HeaderField): number;
  /** The index of some field with that name, or 0. */
  ofName(name: string): number;
  add(field: HeaderField): void;
  resize(maxSize: number): void;
}

/** The values that a name has in a table, each with its number, and the number of the last. */
interface Values {
  last: number;
  readonly numbers: Map<string, number>;
}

let staticNames: ReadonlyMap<string, Values> | undefined;

/** Makes an index whose dynamic table is empty. */
export function createFieldIndex(maxSize: number): FieldIndex {
  staticNames ??= namesOfStaticTable();
  const fixed = staticNames;
  const names = new Map<string, Values>();
  // Fields of the dynamic table are numbered in the order in which they came: 1, 2, ...
  let added = 0;

  const table = createDynamicTable(maxSize, ([name, value]) => {
    const values = names.get(name);
    values?.numbers.delete(value);
    if (values?.numbers.size === 0) names.delete(name);
  });

  const indexOf = (number: number) => staticTable.length + 1 + added - number;

  return {
    ofField([name, value]) {
      const index = fixed.get(name)?.numbers.get(value);
      if (index) return index;
      const number = names.get(name)?.numbers.get(value);
      return number ? indexOf(number) : 0;
    },
    ofName(name) {
      const values = names.get(name);
      return fixed.get(name)?.last ?? (values ? indexOf(values.last) : 0);
    },
    add(field) {
      const [name, value] = field;
      added += 1;
      remember(names, name, value, added);
      table.add(field);
    },
    resize: table.resize,
  };
}

function remember(names: Map<string, Values>, name: string, value: string, number: number): void {
  const values = names.get(name);
  if (!values) {
    names.set(name, { last: number, numbers: new Map([[value, number]]) });
    return;
  }
  values.last = number;
  values.numbers.set(value, number);
}

function namesOfStaticTable(): Map<string, Values> {
  const names = new Map<string, Values>();
  for (const [index, [name, value]] of staticTable.entries()) remember(names, name, value, index + 1);
  return names;
}
