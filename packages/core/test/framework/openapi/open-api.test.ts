import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { documented } from "./documented.ts";
import { workedExample } from "./worked-example.ts";

describe("the document of the worked example", () => {
  for (const host of ["vault", "openbao"] as const)
    test(`is that of ${host} [S157]`, async () => {
      const file = new URL(`worked-example.${host}.json`, import.meta.url);

      assert.deepEqual(
        await documented(workedExample, { host, prefix: "demo" }),
        JSON.parse(readFileSync(file, "utf8")),
      );
    });
});
