import assert from "node:assert/strict";
import { test } from "node:test";
import { guideTables, tableIn } from "./guides/tables.ts";

for (const { guide, make } of guideTables)
  test(`the table of ${guide} is what comes out today; npm run golden writes it`, async () => {
    assert.equal(tableIn(guide), await make());
  });
