import type { IncomingMessage, ServerResponse } from "node:http";
import { readRequest } from "../http/read-request.ts";
import { sendFailure, sendJson } from "../http/send-response.ts";
import { findCaller, findToken, useToken } from "../requests/caller.ts";
import type { HostRequest } from "../requests/context.ts";
import { Failure, failureOf, listErrors } from "../requests/failure.ts";
import type { HostState } from "../state.ts";
import { listLeases } from "./list-leases.ts";
import { sendPageFile } from "./page-files.ts";
import { streamActivity } from "./stream-activity.ts";

const prefix = "/ui/";
const apiPrefix = "/ui/api/";

/** Nothing of another origin, nothing inline, and no frame around it. */
const securityHeaders = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

/** Where a request comes from, and what ends it. */
type Client = Pick<HostRequest, "remoteAddress" | "remotePort">;

/** Answers a request to the page, and says whether it was one. */
export async function answerPage(
  state: HostState,
  {
    message,
    out,
    client,
  }: { readonly message: IncomingMessage; readonly out: ServerResponse; readonly client: Client },
): Promise<boolean> {
  const [path = ""] = (message.url ?? "").split("?");
  if (path === "/" || path === "/ui") {
    out.writeHead(307, { Location: prefix }).end();
    return true;
  }
  if (!path.startsWith(prefix)) return false;
  for (const [name, value] of Object.entries(securityHeaders)) out.setHeader(name, value);
  try {
    checkHost(message.headers.host);
    if (message.method !== "GET" && message.method !== "HEAD") throw new Failure(405, []);
    if (path.startsWith(apiPrefix)) await answerApi(state, { message, out, client }, path);
    else if (!(await sendPageFile(path.slice(prefix.length) || "index.html", out))) throw new Failure(404, []);
  } catch (error) {
    sendFailure(out, failureOf(error, { isLogin: false }));
  }
  return true;
}

/** A page of elsewhere whose name was made to lead to this machine sends that name. */
function checkHost(host = ""): void {
  if (/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host)) return;
  throw new Failure(403, ["the page answers to 127.0.0.1 and localhost only"]);
}

/** Answers what the page asks for beside Vault's own API: only to tokens that have `sudo` here, as the root token has. */
async function answerApi(
  state: HostState,
  {
    message,
    out,
    client,
  }: { readonly message: IncomingMessage; readonly out: ServerResponse; readonly client: Client },
  path: string,
): Promise<void> {
  if (message.method !== "GET") throw new Failure(405, []);
  if (state.seal.isSealed) throw new Failure(503, ["Vault is sealed"]);
  const { signal } = new AbortController();
  const target = { path: path.slice(1), query: new URLSearchParams() };
  const caller = findCaller(state, await readRequest(message, target, { product: state.product, signal, ...client }));
  const afterUse = useToken(state, caller.token);
  try {
    const attempt = { operation: "read", path: target.path } as const;
    if (!caller.acl.isAllowed(attempt) || !caller.acl.hasSudo(attempt))
      throw new Failure(403, [listErrors("permission denied")]);
    if (path === `${apiPrefix}leases`) sendJson(out, 200, listLeases(state));
    else if (path === `${apiPrefix}activity`)
      streamActivity(state, out, () => !state.seal.isSealed && findToken(state, caller.id) !== undefined);
    else throw new Failure(404, []);
  } finally {
    afterUse();
  }
}
