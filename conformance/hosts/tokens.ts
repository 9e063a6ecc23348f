import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import type { Data } from "@vaultwright/core";

/** What decides a lifetime, in seconds; the age is that of the lease. */
export interface Wishes {
  readonly default: number;
  readonly max: number;
  readonly increment: number;
  readonly ttl: number;
  readonly period: number;
  readonly maxTtl: number;
  readonly explicitMax: number;
  readonly age: number;
}

/** A stored role with a body that changes it or an address that may log in, a lifetime, or blocks within others. */
export interface Question {
  readonly role?: Data;
  readonly body?: Data;
  readonly address?: string;
  readonly wishes?: Wishes;
  readonly outer?: readonly string[];
  readonly inner?: readonly string[];
}

/** What came of it; absent members have Go's zero values. */
export interface Answer {
  readonly stored?: Data;
  readonly data?: Data;
  readonly ttl?: number;
  readonly warnings?: readonly string[];
  readonly allowed?: boolean;
  readonly error?: string;
}

/** Asks Go's SDK, in a program that was built before, many questions at once. */
export async function askTokens(program: string, questions: readonly Question[]): Promise<readonly Answer[]> {
  const child = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(questions.map((question) => `${JSON.stringify(question)}\n`).join(""));
  const answers = (await text(child.stdout)).split("\n").filter((line) => line !== "");
  if (answers.length !== questions.length)
    throw new Error(`Go's SDK answered ${answers.length} of ${questions.length} questions; its message is above`);
  return answers.map((line): Answer => JSON.parse(line));
}
