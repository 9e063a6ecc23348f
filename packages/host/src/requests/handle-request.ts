import { LogicalError, type Operation } from "@vaultwright/core/launch";
import type { Route } from "../mounts/mount-table.ts";
import type { HostState } from "../state.ts";
import { findCaller, useToken } from "./caller.ts";
import type { Caller, HostRequest, HostResponse, RequestContext } from "./context.ts";
import { Failure, failureOf, listErrors } from "./failure.ts";
import { answerOf } from "./finish-response.ts";
import { finishLogin } from "./login.ts";
import { withWrappingToken } from "./wrapping-token.ts";

const writes = new Set<Operation>(["create", "update", "patch"]);

/** Answers a client's request, from the token to the wrapped answer; throws `Failure`. */
export async function handleRequest(state: HostState, sent: HostRequest): Promise<HostResponse | undefined> {
  if (state.seal.isSealed) throw new Failure(503, ["Vault is sealed"]);
  const request = withWrappingToken(state, sent);
  const found = state.mounts.route(request.path);
  // Nobody but the host itself reaches a mount that is being disabled.
  const route = found?.mount.entry.isTainted ? undefined : found;
  if (request.path.endsWith("/") && writes.has(request.operation)) {
    if (!route?.mount.entry.config.trimRequestTrailingSlashes)
      throw new Failure(400, ["cannot write to a path ending in '/'"]);
    return handleRequest(state, { ...request, path: request.path.replace(/\/+$/, "") });
  }
  try {
    await route?.mount.prepare();
  } catch (error) {
    throw failureOf(error, { isLogin: false });
  }
  if (route?.mount.isUnauthenticated(route.path)) return handleUnauthenticated(state, request, route);
  return handleAuthenticated(state, request, route);
}

async function handleUnauthenticated(
  state: HostState,
  request: HostRequest,
  route: Route,
): Promise<HostResponse | undefined> {
  try {
    if (route.mount.needsSudo(route.path))
      throw new LogicalError("unknown", "cannot access root path in unauthenticated request");
    const operation = await checkedOperation(request, route);
    const context: RequestContext = { request, operation, ...route };
    const response = await route.mount.handle(context);
    const answer = answerOf(state, context, await finishLogin(state, context, response));
    // Hosts name the type of the mount only where a token was checked.
    return answer && { ...answer, mountType: "" };
  } catch (error) {
    throw failureOf(error, { isLogin: true });
  }
}

async function handleAuthenticated(
  state: HostState,
  request: HostRequest,
  route: Route | undefined,
): Promise<HostResponse | undefined> {
  const caller = findCaller(state, request);
  let afterUse = (): void => {};
  try {
    const [operation, problem] = await operationOf(request, route);
    // A use counts even when the policies refuse the request.
    afterUse = useToken(state, caller.token);
    if (problem !== undefined) throw problem;
    authorize(caller, request, operation, route);
    if (route === undefined)
      throw new Failure(404, [`no handler for route ${JSON.stringify(request.path)}. route entry not found.`]);
    const context: RequestContext = { request, operation, caller, ...route };
    return answerOf(state, context, await route.mount.handle(context));
  } catch (error) {
    throw failureOf(error, { isLogin: false });
  } finally {
    afterUse();
  }
}

async function operationOf(
  request: HostRequest,
  route: Route | undefined,
): Promise<[operation: Operation, problem?: unknown]> {
  if (route === undefined) return [request.operation];
  try {
    return [await checkedOperation(request, route)];
  } catch (problem) {
    return [request.operation, problem];
  }
}

/** Tells create from update by asking the mount whether what is written exists. */
async function checkedOperation(request: HostRequest, route: Route): Promise<Operation> {
  if (request.operation !== "update" && request.operation !== "create") return request.operation;
  try {
    const exists = await route.mount.checkExistence({ request, operation: request.operation, ...route });
    return exists === false ? "create" : "update";
  } catch (thrown) {
    const error = LogicalError.from(thrown);
    // The request itself fails at such a path soon enough, with the right text.
    if (error.kind === "unsupported-path") return "update";
    if (error.kind === "user") throw new Failure(400, [error.message], { cause: thrown });
    throw new Failure(500, [listErrors("internal error")], { cause: thrown });
  }
}

function authorize(caller: Caller, request: HostRequest, operation: Operation, route: Route | undefined): void {
  const { path, data, wrapTtl } = request;
  const attempt = { operation, path, data, wrapTtl };
  const hasSudo = !route?.mount.needsSudo(route.path) || caller.acl.hasSudo(attempt);
  if (!hasSudo || !caller.acl.isAllowed(attempt)) throw new Failure(403, [listErrors("permission denied")]);
}
