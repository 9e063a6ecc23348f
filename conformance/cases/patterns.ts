import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { makeRouting, routeOurs } from "../coercions/patterns.ts";
import { createDice } from "../fuzz.ts";
import { askFramework } from "../hosts/framework.ts";
import { buildGoHost } from "../hosts/go-build.ts";
import { seedFrom } from "../seed.ts";

/** Gives patterns to Go's framework and to ours: what ours takes must match the same paths, and capture the same. */
export function patternCases({ count }: { readonly count: number }): void {
  const seed = seedFrom("COERCION_SEED");

  describe(`${count} patterns (COERCION_SEED=${seed})`, () => {
    test("match what they match in Go, or are refused", async (t) => {
      const dice = createDice(seed);
      const routings = Array.from({ length: count }, () => makeRouting(dice));

      const answers = await askFramework(
        await buildGoHost("framework"),
        routings.map((routing) => ({ kind: "pattern", value: JSON.stringify(routing) })),
      );

      let taken = 0;
      for (const [index, { pattern, paths }] of routings.entries()) {
        const ours = routeOurs(pattern, paths);
        // An escaped dollar at the end counts as an anchor in Go, on purpose not in ours.
        if (typeof ours === "string" || pattern.endsWith("\\$")) continue;
        taken += 1;
        assert.deepEqual({ pattern, paths, found: ours }, { pattern, paths, found: answers[index]?.value });
      }
      assert.ok(taken > count / 20, `only ${taken} of ${count} were taken`);
      t.diagnostic(`${taken} of ${count} patterns taken`);
    });
  });
}
