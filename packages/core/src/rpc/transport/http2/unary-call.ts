import type { HeaderField } from "../../../http2/hpack/decoder.ts";
import type { Stream } from "../../../http2/stream.ts";
import { RpcError } from "../../status.ts";
import type { MethodHandler } from "../transport.ts";
import { IncomingCall } from "./server-call.ts";

/** A call with one message in each direction. */
export class IncomingUnaryCall extends IncomingCall {
  readonly #method: Extract<MethodHandler, { kind: "unary" }>;
  #request: Uint8Array | undefined;

  constructor(stream: Stream, fields: readonly HeaderField[], method: Extract<MethodHandler, { kind: "unary" }>) {
    super(stream, fields);
    this.#method = method;
  }

  override data(bytes: Uint8Array, end: boolean): void {
    // The message is needed whole, so there is nothing to hold the caller back for.
    if (!end) this.stream.consume(bytes.length);
    super.data(bytes, end);
  }

  protected message(message: Uint8Array): void {
    if (this.#request) throw new RpcError("internal", "two messages in a call that has one");
    this.#request = message;
  }

  protected complete(): void {
    const request = this.#request;
    if (this.isOver) return;
    if (!request) {
      this.fail(new RpcError("internal", "call without a request message"));
      return;
    }
    try {
      this.#method.handle(request, this).then(
        (answer) => {
          this.send(answer);
          this.succeed();
        },
        (error) => this.fail(error),
      );
    } catch (error) {
      this.fail(error);
    }
  }
}
