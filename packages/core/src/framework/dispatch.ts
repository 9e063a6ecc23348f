import type { Call } from "../logical/backend.ts";
import { textsIn } from "../logical/conceal.ts";
import { LogicalError, relativePath, UnsupportedOperation, UnsupportedPath, UserError } from "../logical/errors.ts";
import { type FailedCall, failureOf } from "../logical/failure.ts";
import type { Request } from "../logical/request.ts";
import type { Response } from "../logical/response.ts";
import { callOf } from "./call-of.ts";
import { responseOf } from "./context.ts";
import { checkForwarding } from "./forward.ts";
import { answerPathHelp, answerRootHelp } from "./help.ts";
import type { Plugin } from "./plugin.ts";
import { type Input, readFields } from "./read-fields.ts";
import { sourceFieldsOf } from "./recover-source.ts";
import { refusingAs } from "./refusing-as.ts";
import { rollback } from "./rollback.ts";
import { rotate } from "./rotate.ts";
import { type Route, route } from "./route.ts";
import { withWarnings } from "./warnings.ts";

/** Answers a request. This is the one place where an exception becomes what the host may see. */
export async function dispatch(plugin: Plugin, request: Request, call: Call): Promise<Response | undefined> {
  try {
    return await answer(plugin, request, call);
  } catch (thrown) {
    const failure = failureOf(thrown, failed("request", request, call));
    throw request.operation === "alias-lookahead" ? withoutResponse(failure) : failure;
  }
}

/** Vault reads the login in any answer to this operation, and an answer that is an error response has none to read. */
function withoutResponse(failure: LogicalError): LogicalError {
  return failure.isResponse ? new LogicalError("unknown", failure.message, { cause: failure }) : failure;
}

/** Says whether what a write addresses exists; nothing when the path has no such check. */
export async function checkExistence(plugin: Plugin, request: Request, call: Call): Promise<boolean | undefined> {
  try {
    const { operation } = request;
    if (operation !== "create" && operation !== "update")
      throw new LogicalError("unknown", `incorrect operation type ${operation} for an existence check`);
    const { path, captures } = routed(plugin, request);
    if (!path.exists) return undefined;
    const fields = refusingAs("", () => readFields(path, inputOf(captures, request), "query"));
    return await path.exists({ ...callOf(call), fields, request });
  } catch (thrown) {
    throw visible(failureOf(thrown, failed("existence check", request, call)));
  }
}

/**
 * Of a request hosts answer a refused key with 400 by its text, but of an existence check they let nothing through
 * except a user's mistake: the same key would be an internal error there.
 */
function visible(failure: LogicalError): LogicalError {
  return failure.message.includes(relativePath) ? new UserError(relativePath, { cause: failure }) : failure;
}

function failed(what: string, request: Request, { signal, log }: Call): FailedCall {
  const { id: requestId, operation, path, data, secret, auth } = request;
  const hidden = textsIn(data, secret?.internalData, auth?.internalData);
  return { what, requestId, operation, path, hidden, signal, log };
}

async function answer(plugin: Plugin, request: Request, call: Call): Promise<Response | undefined> {
  const { operation } = request;
  if (operation === "renew") return plugin.renew(request, call);
  if (operation === "revoke") return plugin.revoke(request, call);
  if (operation === "rollback") return rollback(plugin, request, call);
  if (operation === "rotate") return rotate(plugin, request, call);
  if (operation === "help" && request.path === "") return answerRootHelp(plugin, request, call);
  const { path, captures } = routed(plugin, request);
  if (operation === "help") return answerPathHelp(plugin, path, request, call);
  const found = path.operations.get(operation);
  if (!found) throw new UnsupportedOperation();
  await checkForwarding(found.definition, call.system);
  const input = inputOf(captures, request);
  const fields = refusingAs("Field validation failed: ", () => readFields(path, input, found.face));
  const sourceFields = () => sourceFieldsOf(plugin.paths, path, request);
  const response = responseOf(await found.definition.handler({ ...callOf(call), fields, request, sourceFields }));
  if (!response) return undefined;
  plugin.checkIssued?.(response);
  return withWarnings(response, path, input);
}

function routed(plugin: Plugin, request: Request): Route {
  const found = route(plugin.paths, request.path);
  if (!found) throw new UnsupportedPath();
  return found;
}

function inputOf(captures: Input["captures"], { data = {} }: Request): Input {
  return { captures, data };
}
