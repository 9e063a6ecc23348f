import {
  HandleExistenceCheckReply,
  HandleRequestReply,
  InitializeArgs,
  Paths,
  Request as RequestMessage,
} from "../gen/pb/backend.ts";
import type { Backend } from "../logical/backend.ts";
import { LogicalError } from "../logical/errors.ts";
import type { Request } from "../logical/request.ts";
import { existenceFromWire, existenceToWire } from "../wire/existence.ts";
import { initializationFromWire, initializationToWire } from "../wire/initialization.ts";
import { replyFromWire, replyToWire } from "../wire/reply.ts";
import { requestFromWire, requestToWire } from "../wire/request.ts";
import { specialPathsFromWire, specialPathsToWire } from "../wire/special-paths.ts";

interface Codec<T> {
  encode(message: T): { finish(): Uint8Array };
  decode(bytes: Uint8Array): T;
}

/** Makes every value that goes into a backend or comes out of it pass through the messages of the wire, as bytes. */
export function throughWire(backend: Backend): Backend {
  const paths = specialPathsToWire(backend.specialPaths);
  return {
    ...backend,
    specialPaths: specialPathsFromWire(paths && asBytes(Paths, paths)),
    async initialize(initialization, call) {
      await backend.initialize?.(
        initializationFromWire(asBytes(InitializeArgs, initializationToWire(initialization))),
        call,
      );
    },
    async handleRequest(request, call) {
      const outcome = await backend.handleRequest(requestAsBytes(request), call).then(
        (response) => ({ response }),
        (thrown: unknown) => ({ error: LogicalError.from(thrown), thrown }),
      );
      const what = `${request.operation} "${request.path}"`;
      const seen = replyFromWire(
        asBytes(
          HandleRequestReply,
          sendable(what, () => replyToWire(outcome)),
        ),
      );
      if ("error" in seen) throw explained(what, seen.error, outcome);
      return seen.response;
    },
    async checkExistence(request, call) {
      const outcome = await backend.checkExistence(requestAsBytes(request), call).then(
        (exists) => ({ exists }),
        (thrown: unknown) => ({ error: LogicalError.from(thrown), thrown }),
      );
      const seen = existenceFromWire(asBytes(HandleExistenceCheckReply, existenceToWire(outcome)));
      if ("error" in seen) throw explained(`existence check of "${request.path}"`, seen.error, outcome);
      return seen.exists;
    },
  };
}

/** Names the request whose answer no message can hold. */
function sendable<T>(what: string, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    throw new TypeError(`${what}: ${cause instanceof Error ? cause.message : "the answer cannot be sent"}`, { cause });
  }
}

/** Tells whoever runs the test what failed and why, beside what the host is told of it. */
function explained(what: string, told: LogicalError, outcome: object): LogicalError {
  told.cause = new Error(`${what} failed`, { cause: "thrown" in outcome ? outcome.thrown : undefined });
  return told;
}

function requestAsBytes(request: Request): Request {
  return requestFromWire(asBytes(RequestMessage, requestToWire(request)));
}

function asBytes<T>(codec: Codec<T>, message: T): T {
  return codec.decode(codec.encode(message).finish());
}
