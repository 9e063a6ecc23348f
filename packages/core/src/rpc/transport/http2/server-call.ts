import { fieldValue } from "../../../http2/header-rules.ts";
import type { HeaderField } from "../../../http2/hpack/decoder.ts";
import { errorCodes } from "../../../http2/protocol.ts";
import type { Stream, StreamListener } from "../../../http2/stream.ts";
import { answerTo, RpcError, statusCodes } from "../../status.ts";
import type { Metadata, ServerCall } from "../transport.ts";
import { encodeDetails, metadataOf, parseTimeout } from "./fields.ts";
import { MessageReader, prefixOf } from "./message-reader.ts";

// Frozen, so that the connection keeps their blocks.
const answerFields: readonly HeaderField[] = Object.freeze<HeaderField[]>([
  [":status", "200"],
  ["content-type", "application/grpc"],
]);
const successFields: readonly HeaderField[] = Object.freeze<HeaderField[]>([["grpc-status", "0"]]);

const nothing = new Uint8Array();

/** What calls of both kinds have in common: metadata, signal, deadline, and how they end. */
export abstract class IncomingCall implements ServerCall, StreamListener {
  protected readonly stream: Stream;
  protected readonly reader: MessageReader = new MessageReader();
  readonly #fields: readonly HeaderField[];
  readonly #deadline: NodeJS.Timeout | undefined;
  #metadata: Metadata | undefined;
  #controller: AbortController | undefined;
  #reason: RpcError | undefined;
  #isAnswered = false;
  #hasHeaders = false;

  constructor(stream: Stream, fields: readonly HeaderField[]) {
    this.stream = stream;
    this.#fields = fields;
    const timeout = fieldValue(fields, "grpc-timeout");
    const milliseconds = timeout === undefined ? undefined : parseTimeout(timeout);
    if (milliseconds !== undefined)
      this.#deadline = setTimeout(() => this.#expire(), Math.min(milliseconds, maxTimeout));
  }

  get metadata(): Metadata {
    this.#metadata ??= metadataOf(this.#fields);
    return this.#metadata;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#reason) this.#controller.abort(this.#reason);
    return this.#controller.signal;
  }

  /** Takes a complete message. */
  protected abstract message(message: Uint8Array): void;
  /** The caller has sent everything. */
  protected abstract complete(): void;

  headers(_: unknown, end: boolean): void {
    this.data(nothing, end);
  }

  data(bytes: Uint8Array, end: boolean): void {
    try {
      this.reader.push(bytes, (message) => this.message(message));
      if (end && this.reader.isWithin) throw new RpcError("internal", "the call ended within a message");
    } catch (error) {
      this.fail(error);
      // The stream is reset then, after which nothing else would tell a handler that runs.
      this.#abort(RpcError.from(error));
      return;
    }
    if (end) this.complete();
  }

  drained(): void {}

  aborted(): void {
    this.#end();
    this.#abort(new RpcError("cancelled", "call cancelled"));
  }

  /** Whether an answer would reach nobody any more. */
  protected get isOver(): boolean {
    return this.#isAnswered;
  }

  /** Sends a message of the answer. */
  protected send(message: Uint8Array): void {
    if (this.#isAnswered) return;
    this.#sendHeaders();
    this.stream.sendData(prefixOf(message));
    this.stream.sendData(message);
  }

  /** Ends the call well. */
  protected succeed(): void {
    if (this.#isAnswered) return;
    this.#end();
    this.#sendHeaders();
    this.stream.end(successFields);
  }

  /** Ends the call with what was thrown. */
  fail(error: unknown): void {
    if (this.#isAnswered) return;
    this.#end();
    const { status, details } = answerTo(error);
    const fields: readonly HeaderField[] = [
      ["grpc-status", String(statusCodes[status])],
      ["grpc-message", encodeDetails(details)],
    ];
    if (this.#hasHeaders) this.stream.end(fields);
    else this.stream.sendHeaders([...answerFields, ...fields], true);
    // Tells the caller to send no more of the request.
    if (!this.stream.isClosed && this.stream.localEnded) this.stream.reset(errorCodes.noError);
  }

  #sendHeaders(): void {
    if (this.#hasHeaders) return;
    this.#hasHeaders = true;
    this.stream.sendHeaders(answerFields);
  }

  #expire(): void {
    const reason = new RpcError("deadline-exceeded", "Deadline exceeded");
    this.fail(reason);
    this.#abort(reason);
  }

  #end(): void {
    this.#isAnswered = true;
    clearTimeout(this.#deadline);
  }

  #abort(reason: RpcError): void {
    this.#reason = reason;
    this.#controller?.abort(reason);
  }
}

/** The longest time that a timer takes. */
const maxTimeout = 2 ** 31 - 1;
