import { fieldValue } from "../../../http2/header-rules.ts";
import type { HeaderField } from "../../../http2/hpack/decoder.ts";
import { errorCodes } from "../../../http2/protocol.ts";
import type { Stream, StreamListener } from "../../../http2/stream.ts";
import { RpcError, type Status, statusNames } from "../../status.ts";
import type { CallOptions } from "../transport.ts";
import { decodeDetails } from "./fields.ts";
import { MessageReader } from "./message-reader.ts";

/** A call that the peer has not begun to answer, so that it may be made again on another connection. */
export class RefusedCall extends RpcError {}

/** What calls of both kinds have in common on the caller's side: cancelling, deadline, and the answer's status. */
export abstract class OutgoingCall implements StreamListener {
  protected stream: Stream | undefined;
  protected readonly reader: MessageReader = new MessageReader();
  readonly #signal: AbortSignal | undefined;
  readonly #timer: NodeJS.Timeout | undefined;
  #answer: readonly HeaderField[] | undefined;
  #isOver = false;

  constructor({ signal, timeoutMs }: CallOptions) {
    this.#signal = signal;
    signal?.addEventListener("abort", this.#cancel, { once: true });
    if (timeoutMs !== undefined) {
      this.#timer = setTimeout(() => this.stop(new RpcError("deadline-exceeded", "Deadline exceeded")), timeoutMs);
    }
  }

  /** Begins the call on a stream. */
  start(stream: Stream): void {
    this.stream = stream;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Takes a message of the answer. */
  protected abstract message(message: Uint8Array): void;
  /** The call is over: well, or with an error. */
  protected abstract settle(error?: RpcError): void;

  headers(fields: readonly HeaderField[] | "too-large", end: boolean): void {
    if (fields === "too-large") {
      this.stop(new RpcError("resource-exhausted", "header fields larger than this side takes"));
    } else if (end) {
      this.#finish(errorIn(this.#answer ?? fields, fields) ?? this.#cutOff());
    } else {
      this.#answer = fields;
      // What follows is no message, but a page that explains the status.
      if (fieldValue(fields, ":status") !== "200") this.stop(errorOfHttp(fields));
    }
  }

  data(bytes: Uint8Array, end: boolean): void {
    try {
      this.reader.push(bytes, (message) => this.message(message));
    } catch (error) {
      this.stop(RpcError.from(error));
      return;
    }
    if (end) this.stop(new RpcError("internal", "the answer ended without a status"));
  }

  drained(): void {}

  aborted(code: number | undefined, reason: string): void {
    this.#finish(errorOfReset(code, reason));
  }

  /** Ends the call, also on the peer's side. */
  stop(error: RpcError): void {
    this.stream?.reset(errorCodes.cancel);
    this.#finish(error);
  }

  #cutOff(): RpcError | undefined {
    return this.reader.isWithin ? new RpcError("internal", "the answer ended within a message") : undefined;
  }

  readonly #cancel = (): void => {
    this.stop(new RpcError("cancelled", "call cancelled", { cause: this.#signal?.reason }));
  };

  #finish(error: RpcError | undefined): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener("abort", this.#cancel);
    this.settle(error);
    // The peer has answered before it had everything, and wants no more.
    if (this.stream && !this.stream.isClosed) this.stream.reset(errorCodes.cancel);
  }
}

function errorIn(answer: readonly HeaderField[], trailers: readonly HeaderField[]): RpcError | undefined {
  const code = fieldValue(trailers, "grpc-status");
  if (code === "0") return undefined;
  if (code === undefined) return errorOfHttp(answer);
  const status = statusNames[Number(code)] ?? "unknown";
  const details = decodeDetails(fieldValue(trailers, "grpc-message") ?? "");
  return new RpcError(status === "ok" ? "unknown" : status, details);
}

/** Statuses of HTTP that a peer without gRPC answers with (gRPC's http-grpc-status-mapping). */
const statusOfHttp: Readonly<Record<string, Exclude<Status, "ok">>> = {
  400: "internal",
  401: "unauthenticated",
  403: "permission-denied",
  404: "unimplemented",
  429: "unavailable",
  502: "unavailable",
  503: "unavailable",
  504: "unavailable",
};

function errorOfHttp(fields: readonly HeaderField[]): RpcError {
  const status = fieldValue(fields, ":status") ?? "";
  return new RpcError(
    statusOfHttp[status] ?? "unknown",
    `the peer answered with HTTP status ${status} and no status of gRPC`,
  );
}

function errorOfReset(code: number | undefined, reason: string): RpcError {
  switch (code) {
    case undefined:
      return new RpcError("unavailable", reason);
    case errorCodes.refusedStream:
      return new RefusedCall("unavailable", reason);
    case errorCodes.cancel:
      return new RpcError("cancelled", reason);
    case errorCodes.enhanceYourCalm:
      return new RpcError("resource-exhausted", reason);
    default:
      return new RpcError("internal", `${reason}, with code ${code}`);
  }
}
