import assert from "node:assert/strict";
import { requirements } from "./requirements.ts";

const known: ReadonlySet<string> = new Set(requirements.map(({ id }) => id));

/** Cites, at the start of a test, the statements that the test proves. The gate reads the calls from the source text. */
export function verifies(...ids: readonly string[]): void {
  for (const id of ids) assert.ok(known.has(id), `${id} is in no requirements document`);
}
