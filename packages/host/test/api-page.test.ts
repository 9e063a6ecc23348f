import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { apiPage, apiPageFile } from "./api-page.ts";

test("API.md lists the calls that there are today; npm run golden writes it", () => {
  assert.equal(readFileSync(apiPageFile, "utf8"), apiPage());
});
