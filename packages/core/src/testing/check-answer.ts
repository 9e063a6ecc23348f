import { Refusal } from "../framework/coerce/refusal.ts";
import type { Field, Fields } from "../framework/field.ts";
import type { OperationDocument } from "../framework/operation-document.ts";
import { pathsOf } from "../framework/plugin.ts";
import { route } from "../framework/route.ts";
import type { Backend } from "../logical/backend.ts";
import type { Data } from "../logical/json.ts";
import type { Operation } from "../logical/request.ts";
import type { Response } from "../logical/response.ts";

/**
 * Holds an answer against what the operation's documents say of it: each member must be declared and of its kind, and
 * required ones must be there. An operation that says nothing of its answer may answer anything.
 */
export function checkAnswer(
  backend: Backend,
  asked: { readonly operation: Operation; readonly path: string },
  response: Response | undefined,
): void {
  const found = route(pathsOf(backend), asked.path)?.path.operations.get(asked.operation);
  const declared = found && declaredBy(found.definition);
  if (!declared || !response?.data || "http_status_code" in response.data) return;
  const mistakes = [...mistakesIn(response.data, declared)];
  if (mistakes.length === 0) return;
  throw new Error(
    `${asked.operation} "${asked.path}": the answer is not what it says to return: ${mistakes.join(", ")}`,
  );
}

/** The fields of the first status that stands for success with data. */
function declaredBy({ returns, responses = {} }: OperationDocument): Fields | undefined {
  const documents = [200, 202, 204].flatMap((status) => responses[status] ?? []);
  return returns ?? documents.find(({ fields }) => fields !== undefined)?.fields;
}

/** What hosts make a body of their own of, instead of showing it. */
const rawMember = /^http_(raw_|content_type$|status_code$|www_authenticate$)/;

function* mistakesIn(data: Data, declared: Fields): Generator<string> {
  for (const name of Object.keys(declared)) if (rawMember.test(name)) yield `"${name}" is reserved for raw answers`;
  for (const name of Object.keys(data)) if (!Object.hasOwn(declared, name)) yield `"${name}" is not declared`;
  for (const [name, field] of Object.entries(declared)) {
    const value = data[name];
    if (value === undefined && field.options.required) yield `"${name}" is missing`;
    else if (value !== undefined && !fits(field, value)) yield `"${name}" is no ${field.specification.kind}`;
  }
}

function fits(field: Field<unknown>, value: unknown): boolean {
  try {
    field.parse(value);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
