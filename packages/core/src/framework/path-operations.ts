import type { Alias } from "../logical/auth.ts";
import { UserError } from "../logical/errors.ts";
import type { Operation as OperationName } from "../logical/request.ts";
import type { Response } from "../logical/response.ts";
import type { RecoverContext } from "./context.ts";
import { DefinitionError } from "./definition-error.ts";
import type { OperationDocument } from "./operation-document.ts";
import type { Face, PathOperation } from "./path.ts";
import type { AnyPathDefinition, FieldValues, Operation } from "./path-definition.ts";

/** Every handler gets what that of `recover` gets; the others do not know. */
type AnyOperation = Operation<FieldValues, RecoverContext<FieldValues>>;

/** Collects the operations of a definition under the names that hosts call them by. */
export function pathOperations(
  pattern: string,
  definition: AnyPathDefinition,
): ReadonlyMap<OperationName, PathOperation> {
  const { write, update, exists, aliasLookahead, resolveRole } = definition;
  if (write && !exists) throw new DefinitionError(`path "${pattern}": write needs exists; use update to do without`);
  if (exists && !write) throw new DefinitionError(`path "${pattern}": exists needs write`);
  if (write && update) throw new DefinitionError(`path "${pattern}": write and update exclude each other`);
  const operations = new Map<OperationName, PathOperation>();
  const add = (name: OperationName, face: Face, operation: AnyOperation | undefined) => {
    if (operation) operations.set(name, { face, definition: described(`path "${pattern}": ${name}`, operation) });
  };
  add("create", "write", write);
  add("update", "write", write ?? update);
  add("read", "query", definition.read);
  add("patch", "patch", definition.patch);
  add("delete", "query", definition.delete);
  add("list", "query", definition.list);
  add("scan", "query", definition.scan);
  add("header", "query", definition.header);
  add("recover", "query", definition.recover);
  add("alias-lookahead", "query", aliasLookahead && (async (context) => aliasResponse(await aliasLookahead(context))));
  add("resolve-role", "query", resolveRole && (async (context) => roleResponse(await resolveRole(context))));
  if (operations.size === 0) throw new DefinitionError(`path "${pattern}" has no operation`);
  return operations;
}

function described(where: string, operation: AnyOperation): PathOperation["definition"] {
  if (typeof operation === "function") return { handler: operation };
  // Callers without types can give anything.
  if (typeof operation.handler !== "function") throw new DefinitionError(`${where} has no handler`);
  checkResponses(where, operation);
  return operation;
}

/** Hosts drop the documents of all their plugins when one of them has a status that is none. */
function checkResponses(where: string, { returns, responses = {} }: OperationDocument): void {
  const wrong = Object.keys(responses).find((status) => !/^[1-5]\d\d$/.test(status));
  if (wrong !== undefined) throw new DefinitionError(`${where}: ${wrong} is no HTTP status`);
  if (returns && 200 in responses)
    throw new DefinitionError(`${where}: returns and responses both describe status 200`);
}

/** OpenBao crashes on an answer that has data, even empty data. */
function aliasResponse(alias: string | Alias): Response {
  return { auth: { alias: typeof alias === "string" ? { name: alias } : alias } };
}

/** Hosts crash on an answer that is absent. */
function roleResponse(role: string | undefined): Response {
  if (role === undefined) throw new UserError("no role in the request");
  return { data: { role } };
}
