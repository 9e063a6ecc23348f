import type { Call } from "../logical/backend.ts";
import { UnsupportedOperation } from "../logical/errors.ts";
import type { Request } from "../logical/request.ts";
import type { Response } from "../logical/response.ts";
import type { Plugin } from "./plugin.ts";

/** Rotates the credential that the mount itself uses. */
export async function rotate(_plugin: Plugin, _request: Request, _call: Call): Promise<Response | undefined> {
  throw new UnsupportedOperation();
}
