import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { whereGoIs } from "../go.ts";
import { makeTemplateGoldens, ourTemplate, readTemplateGoldens, templateGoldensFile } from "../template-goldens.ts";
import { templates } from "../template-samples.ts";
import { verifies } from "../verifies.ts";

const goldens = readTemplateGoldens();

describe("user-name templates", () => {
  verifies("S162", "S163", "S164", "S165");

  test("have a golden each", () => {
    assert.deepEqual(
      goldens.map(({ template }) => template),
      templates,
    );
  });

  for (const golden of goldens)
    test(`become what Go makes of them: ${JSON.stringify(golden.template)}`, () => {
      assert.deepEqual(ourTemplate(golden.template), golden);
    });
});

whereGoIs("templates made anew", () => {
  test("the goldens are what Go writes", () => {
    assert.equal(makeTemplateGoldens(), readFileSync(templateGoldensFile, "utf8"));
  });
});
