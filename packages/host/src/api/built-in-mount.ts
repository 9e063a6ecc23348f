import { type Log, type Operation, UnsupportedOperation, UnsupportedPath } from "@vaultwright/core/launch";
import type { Mount } from "../mounts/mount.ts";
import { fullPathOf, type MountEntry } from "../mounts/mount-entry.ts";
import { prefixMatcher, segmentMatcher } from "../mounts/special-path-matcher.ts";
import { findCaller } from "../requests/caller.ts";
import type { HostResponse, RequestContext } from "../requests/context.ts";
import type { HostState } from "../state.ts";
import { openApiDocument } from "./openapi-document.ts";
import { withParameterWarnings } from "./parameter-warnings.ts";
import type { ApiRoute } from "./route.ts";
import { routesOpenApi } from "./route-openapi.ts";

/** What the host itself has below a path. */
export interface BuiltIn {
  readonly entry: MountEntry;
  readonly routes: readonly ApiRoute[];
  readonly sudo: readonly string[];
  readonly unauthenticated: readonly string[];
  /** Keeps a changed entry, where that can be tuned. */
  readonly keep?: (entry: MountEntry) => void;
}

/** Makes the mount of a part of the host's own API. */
export function createBuiltInMount(state: HostState, builtIn: BuiltIn): Mount {
  const { routes, sudo, unauthenticated, keep } = builtIn;
  let { entry } = builtIn;
  const sayMissing = createMissingNotes(state.log);
  return {
    get entry() {
      return entry;
    },
    ...(keep && {
      keep(changed: MountEntry) {
        keep(changed);
        entry = changed;
      },
    }),
    fullPath: fullPathOf(entry),
    prepare: async () => {},
    needsSudo: prefixMatcher(sudo),
    isUnauthenticated: segmentMatcher(unauthenticated),
    checkExistence: async () => undefined,
    handle: async (context) => {
      if (context.operation === "help" && context.path === "") return rootHelp(state, entry, routes);
      const isKnown = routes.some(({ pattern }) => pattern.test(context.path));
      if (!isKnown) sayMissing(`${fullPathOf(entry)}${context.path}`.replace(/\/$/, ""));
      return answer(state, routes, context);
    },
  };
}

const mostNotes = 1_000;

/** Makes what tells the log once of each path that Vault may have and this server has not. */
function createMissingNotes(log: Log): (path: string) => void {
  const told = new Set<string>();
  return (path) => {
    if (told.has(path) || told.size >= mostNotes) return;
    told.add(path);
    log.warn(`the embedded server does not have ${path}`);
  };
}

async function answer(
  state: HostState,
  routes: readonly ApiRoute[],
  context: RequestContext,
): Promise<HostResponse | undefined> {
  for (const matched of routes) {
    const { pattern, summary, operations } = matched;
    const match = pattern.exec(context.path);
    if (match === null) continue;
    if (context.operation === "help") return help(state, summary, [matched]);
    const handler = operations[sameOperation(context.operation)];
    if (handler === undefined) throw new UnsupportedOperation();
    const params = { ...match.groups };
    const sent = context.request.data ?? {};
    const response = await handler({
      state,
      context,
      params,
      data: { ...sent, ...params },
      caller: () => context.caller ?? findCaller(state, context.request),
    });
    return response && withParameterWarnings(response, { sent, params, fields: matched.fields });
  }
  throw new UnsupportedPath();
}

function rootHelp(state: HostState, entry: MountEntry, routes: readonly ApiRoute[]): HostResponse {
  const paths = routes.map(({ path, summary }) => `    ${fullPathOf(entry)}${path}\n        ${summary}`);
  return help(state, `${entry.description}\n\nPaths:\n\n${paths.join("\n\n")}`, routes);
}

function help({ product }: HostState, text: string, routes: readonly ApiRoute[]): HostResponse {
  return { data: { help: text, see_also: null, openapi: openApiDocument(product, routesOpenApi(routes)) } };
}

/** The host's own paths do not tell create from update. */
function sameOperation(operation: Operation): Operation {
  return operation === "create" ? "update" : operation;
}
