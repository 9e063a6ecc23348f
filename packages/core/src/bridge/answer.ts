import type { HandleExistenceCheckReply, HandleRequestReply, Request as RequestMessage } from "../gen/pb/backend.ts";
import { type FailedCall, failureOf } from "../logical/failure.ts";
import type { ServerCall } from "../rpc/transport/transport.ts";
import { existenceToWire } from "../wire/existence.ts";
import { replyToWire } from "../wire/reply.ts";
import { requestFromWire } from "../wire/request.ts";
import type { Mounted } from "./mounted.ts";

/** Lets a mount's backend answer a request; whatever it throws becomes a reply. */
export async function handleRequest(
  mounted: Mounted,
  message: RequestMessage,
  call: ServerCall,
): Promise<HandleRequestReply> {
  try {
    const response = await mounted.backend.handleRequest(requestFromWire(message), mounted.callFor(call));
    return replyToWire({ response });
  } catch (error) {
    return replyToWire({ error: failureOf(error, failed("request", mounted, { message, call })) });
  }
}

/** Lets a mount's backend say whether something exists; whatever it throws becomes a reply. */
export async function checkExistence(
  mounted: Mounted,
  message: RequestMessage,
  call: ServerCall,
): Promise<HandleExistenceCheckReply> {
  try {
    const exists = await mounted.backend.checkExistence(requestFromWire(message), mounted.callFor(call));
    return existenceToWire({ exists });
  } catch (error) {
    return existenceToWire({ error: failureOf(error, failed("existence check", mounted, { message, call })) });
  }
}

function failed(
  what: string,
  { log }: Mounted,
  { message, call }: { readonly message: RequestMessage; readonly call: ServerCall },
): FailedCall {
  const { id: requestId, operation, path } = message;
  return { what, requestId, operation, path, signal: call.signal, log };
}
