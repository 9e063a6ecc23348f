import type { HeaderField } from "../../../http2/hpack/decoder.ts";
import type { Stream } from "../../../http2/stream.ts";
import { createQueue, type Queue } from "../../queue.ts";
import { RpcError } from "../../status.ts";
import { pump } from "../pump.ts";
import type { MethodHandler } from "../transport.ts";
import { createDrain } from "./drain.ts";
import { IncomingCall } from "./server-call.ts";

/** A call with streams of messages. */
export class IncomingStreamingCall extends IncomingCall {
  readonly #requests: Queue<Uint8Array>;
  readonly #drain = createDrain();
  /** Bytes of messages that nobody has read yet. */
  #unread = 0;

  constructor(stream: Stream, fields: readonly HeaderField[], method: Extract<MethodHandler, { kind: "stream" }>) {
    super(stream, fields);
    this.#requests = createQueue(() => this.#release());
    this.#run(method);
  }

  override data(bytes: Uint8Array, end: boolean): void {
    this.#unread += bytes.length;
    super.data(bytes, end);
    // A message longer than the window must come in before it can be read.
    if (this.reader.isWithin) this.#release();
  }

  override drained(): void {
    this.#drain.release();
  }

  override aborted(): void {
    super.aborted();
    this.#requests.fail(new RpcError("cancelled", "call cancelled"));
  }

  override fail(error: unknown): void {
    super.fail(error);
    this.#requests.fail(new RpcError("cancelled", "call cancelled"));
  }

  protected message(message: Uint8Array): void {
    this.#requests.push(message);
  }

  protected complete(): void {
    this.#requests.end();
  }

  #release(): void {
    this.stream.consume(this.#unread);
    this.#unread = 0;
  }

  async #run(method: Extract<MethodHandler, { kind: "stream" }>): Promise<void> {
    const send = (message: Uint8Array) => {
      this.send(message);
      this.stream.flush();
      return this.#drain.wait(this.stream);
    };
    try {
      await pump(method.handle(this.#requests, this), send, this.signal);
      this.succeed();
    } catch (error) {
      this.fail(error);
    }
  }
}
