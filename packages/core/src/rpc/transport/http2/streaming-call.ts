import type { HeaderField } from "../../../http2/hpack/decoder.ts";
import type { Stream } from "../../../http2/stream.ts";
import { RpcError } from "../../status.ts";
import { pump } from "../pump.ts";
import type { MethodHandler } from "../transport.ts";
import { createDrain } from "./drain.ts";
import { createIntake } from "./intake.ts";
import { IncomingCall } from "./server-call.ts";

/** A call with streams of messages. */
export class IncomingStreamingCall extends IncomingCall {
  readonly #intake = createIntake((bytes) => this.stream.consume(bytes));
  readonly #drain = createDrain();

  constructor(stream: Stream, fields: readonly HeaderField[], method: Extract<MethodHandler, { kind: "stream" }>) {
    super(stream, fields);
    this.#run(method);
  }

  override data(bytes: Uint8Array, end: boolean): void {
    super.data(bytes, end);
    this.#intake.count(bytes.length, this.reader.isWithin);
  }

  override drained(): void {
    this.#drain.release();
  }

  override aborted(): void {
    super.aborted();
    this.#intake.messages.fail(new RpcError("cancelled", "call cancelled"));
  }

  override fail(error: unknown): void {
    super.fail(error);
    this.#intake.messages.fail(new RpcError("cancelled", "call cancelled"));
  }

  protected message(message: Uint8Array): void {
    this.#intake.messages.push(message);
  }

  protected complete(): void {
    this.#intake.messages.end();
  }

  async #run(method: Extract<MethodHandler, { kind: "stream" }>): Promise<void> {
    const send = (message: Uint8Array) => {
      this.send(message);
      this.stream.flush();
      return this.#drain.wait(this.stream);
    };
    try {
      await pump(method.handle(this.#intake.messages, this), send, this.signal);
      this.succeed();
    } catch (error) {
      this.fail(error);
    }
  }
}
