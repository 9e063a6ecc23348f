import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { completeWishes } from "../../src/new/questions.ts";

test("asks a person for what is missing", async () => {
  const person = personWhoSays("notes", "auth");

  const identity = await completeWishes({}, person, exampleOf);

  assert.equal(identity.name, "vault-plugin-auth-notes");
  assert.deepEqual(person.questions(), [
    "Name of the plugin, for instance notes: ",
    "A secrets engine or an auth method? (secrets/auth) ",
  ]);
});

test("asks nobody where all is known", async () => {
  const person = personWhoSays();

  const identity = await completeWishes({ name: "notes", kind: "secrets" }, person, exampleOf);

  assert.equal(identity.name, "vault-plugin-secrets-notes");
  assert.deepEqual(person.questions(), []);
});

test("refuses an answer that is neither kind", async () => {
  await assert.rejects(completeWishes({ name: "notes" }, personWhoSays("database"), exampleOf), {
    message: '"database" is neither secrets nor auth',
  });
});

test("ends when a person goes away", async () => {
  const person = personWhoSays();
  person.output.once("data", () => person.input.end());

  await assert.rejects(completeWishes({ name: "notes" }, person, exampleOf), { message: "no answer was given" });
});

test("tells who cannot be asked what to say", async () => {
  await assert.rejects(completeWishes({}, undefined, exampleOf), {
    message: "name the plugin, for instance: make notes of secrets",
  });
  await assert.rejects(completeWishes({ name: "badge" }, undefined, exampleOf), { message: /make badge of secrets$/ });
});

const exampleOf = (name: string): string => `make ${name} of secrets`;

/** A terminal at which each question is answered by the next of some answers. */
function personWhoSays(...answers: readonly string[]) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const questions: string[] = [];
  const left = [...answers];
  output.setEncoding("utf8").on("data", (question: string) => {
    questions.push(question);
    const answer = left.shift();
    if (answer !== undefined) input.write(`${answer}\n`);
  });
  return { input, output, questions: () => questions };
}
