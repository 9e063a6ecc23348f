import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

/** A kind of field, and a value for it as JSON. */
export interface Question {
  readonly kind: string;
  readonly value: string;
}

/** What Go's framework makes of a value. Without an error and not set, the field counts as not given. */
export interface Answer {
  readonly set: boolean;
  readonly value: unknown;
  readonly error?: string;
}

/** Asks Go's framework, in a program that was built before, about many values at once. */
export async function askFramework(program: string, questions: readonly Question[]): Promise<readonly Answer[]> {
  const child = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(questions.map((question) => `${JSON.stringify(question)}\n`).join(""));
  const answers = (await text(child.stdout)).split("\n").filter((line) => line !== "");
  if (answers.length !== questions.length)
    throw new Error(`Go's framework answered ${answers.length} of ${questions.length} questions; its message is above`);
  return answers.map((line): Answer => JSON.parse(line));
}
