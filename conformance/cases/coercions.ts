import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { agree, type Outcome } from "../coercions/differences.ts";
import { askOurs } from "../coercions/ours.ts";
import { smaller } from "../coercions/reduce.ts";
import { type Kind, kinds, makeValue } from "../coercions/values.ts";
import { createDice } from "../fuzz.ts";
import { askFramework } from "../hosts/framework.ts";
import { buildGoHost } from "../hosts/go-build.ts";
import { seedFrom } from "../seed.ts";

/** Gives the same values to Go's framework and to ours, and expects the same of both. */
export function coercionCases({ perKind }: { readonly perKind: number }): void {
  const seed = seedFrom("COERCION_SEED");
  const count = Number(process.env["COERCION_COUNT"] ?? perKind);

  describe(`${count} values a kind (COERCION_SEED=${seed})`, () => {
    let program: string;
    before(async () => {
      program = await buildGoHost("framework");
    });

    for (const [index, kind] of kinds.entries())
      test(`t.${kind} is Go's`, async (t) => {
        const dice = createDice(seed + index);
        const values = Array.from({ length: count }, () => makeValue(dice, kind));

        const outcomes = await outcomesOf(program, kind, values);

        const different = outcomes.filter((outcome) => !agree(outcome));
        if (different[0]) assert.fail(described(await reduced(program, different[0]), different.length));
        t.diagnostic(`${count} values, ${outcomes.filter(({ go }) => go.error === undefined).length} accepted`);
      });
  });
}

/** An external plugin in Go gets all numbers as doubles; that ours keeps the digits of larger ones is tested with it. */
async function outcomesOf(program: string, kind: Kind, values: readonly string[]): Promise<readonly Outcome[]> {
  const questions = values.map((value) => ({ kind, value }));
  const answers = await askFramework(program, questions);
  return questions.map(({ value }, index) => {
    const go = answers[index];
    assert.ok(go);
    return { kind, value, go, ours: askOurs(kind, JSON.parse(value)) };
  });
}

/** Makes the value that shows a difference as small as it can be. */
async function reduced(program: string, outcome: Outcome): Promise<Outcome> {
  const values = smaller(JSON.parse(outcome.value)).map((value) => JSON.stringify(value));
  const found = (await outcomesOf(program, outcome.kind, values)).find((less) => !agree(less));
  return found ? reduced(program, found) : outcome;
}

function described({ kind, value, ours, go }: Outcome, count: number): string {
  const told = [`t.${kind} of ${value}`, `ours: ${JSON.stringify(ours)}`, `Go's: ${JSON.stringify(go)}`];
  return `${count} values differ, one of them reduced:\n${told.join("\n")}`;
}
