import assert from "node:assert/strict";
import type { Answer } from "./client.ts";

/** Checks that a request was accepted with this status, and shows the server's own words where it was not. */
export function expectStatus(answer: Answer, status: number): Answer {
  assert.equal(answer.status, status, `answered ${answer.status} ${JSON.stringify(answer.body)?.slice(0, 500)}`);
  return answer;
}

/** Checks that a request was refused with this status and, where a text is given, a message that holds it. */
export function expectRefusal(answer: Answer, status: number, text?: string): Answer {
  expectStatus(answer, status);
  if (text !== undefined) {
    assert.ok(
      answer.errors.some((error) => error.includes(text)),
      `no error holds ${JSON.stringify(text)}: ${JSON.stringify(answer.errors)}`,
    );
  }
  return answer;
}

/** Gives a text of an answer, and fails where it is anything else or empty. */
export function expectText(answer: Answer, ...keys: readonly (string | number)[]): string {
  const value = answer.at(...keys);
  assert.ok(typeof value === "string" && value !== "", `${keys.join(".")} is no text but ${JSON.stringify(value)}`);
  return value;
}

/** Gives a number of an answer, and fails where it is anything else. */
export function expectNumber(answer: Answer, ...keys: readonly (string | number)[]): number {
  const value = answer.at(...keys);
  assert.ok(typeof value === "number", `${keys.join(".")} is no number but ${JSON.stringify(value)}`);
  return value;
}
