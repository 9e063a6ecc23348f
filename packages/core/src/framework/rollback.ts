import type { Call } from "../logical/backend.ts";
import { UnsupportedOperation } from "../logical/errors.ts";
import type { Request } from "../logical/request.ts";
import type { Response } from "../logical/response.ts";
import { callOf } from "./call-of.ts";
import type { Plugin } from "./plugin.ts";

/** Hosts tick every minute and log any failure but this one, so a plugin without periodic work must say it exactly so. */
export async function rollback(plugin: Plugin, request: Request, call: Call): Promise<Response | undefined> {
  if (!plugin.periodic) throw new UnsupportedOperation();
  await plugin.periodic({ ...callOf(call), request });
  return undefined;
}
