import type { IncomingMessage, ServerResponse } from "node:http";
import { requestMessage } from "../log.ts";
import type { HostState } from "../state.ts";
import { clientMethod } from "./list-method.ts";

const prefix = "/v1/";

/** Writes a line to the log when a request has its answer. What comes after the path may be data, and is left out. */
export function logRequest({ log, mounts }: HostState, message: IncomingMessage, out: ServerResponse): void {
  const started = performance.now();
  out.once("close", () => {
    const [target = ""] = (message.url ?? "").split("?");
    const path = target.startsWith(prefix) ? target.slice(prefix.length) : target;
    const mount = mounts.route(path)?.mount.fullPath;
    const method = clientMethod(message.method);
    // Who goes away before the answer gets none; servers customarily write this number then.
    const status = out.writableFinished ? out.statusCode : 499;
    const ms = (performance.now() - started).toFixed(1);
    log.info(requestMessage, { method, path, status, ms, ...(mount !== undefined && { mount }) });
  });
}
