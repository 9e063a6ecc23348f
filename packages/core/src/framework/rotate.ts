import type { Call } from "../logical/backend.ts";
import { ReadOnlyStorage, UnsupportedOperation } from "../logical/errors.ts";
import type { Request } from "../logical/request.ts";
import type { Response } from "../logical/response.ts";
import { callOf } from "./call-of.ts";
import type { Plugin } from "./plugin.ts";
import { isWriteSafe } from "./replication.ts";

/** Rotates a credential that Vault's rotation manager finds due. It writes, so a node that must not refuses at once. */
export async function rotate(plugin: Plugin, request: Request, call: Call): Promise<Response> {
  if (!plugin.rotateCredential) throw new UnsupportedOperation();
  if (!(await isWriteSafe(call.system))) throw new ReadOnlyStorage();
  await plugin.rotateCredential({ ...callOf(call), request });
  return {};
}
