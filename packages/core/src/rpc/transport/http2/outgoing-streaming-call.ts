import type { HeaderField } from "../../../http2/hpack/decoder.ts";
import type { Stream } from "../../../http2/stream.ts";
import { RpcError } from "../../status.ts";
import { pump } from "../pump.ts";
import type { CallOptions } from "../transport.ts";
import { createDrain } from "./drain.ts";
import { createIntake } from "./intake.ts";
import { prefixOf } from "./message-reader.ts";
import { OutgoingCall } from "./outgoing-call.ts";

/** A call of this side with streams of messages. */
export class OutgoingStreamingCall extends OutgoingCall {
  readonly #requests: AsyncIterable<Uint8Array>;
  readonly #fields: readonly HeaderField[];
  readonly #intake = createIntake((bytes) => this.stream?.consume(bytes));
  readonly #drain = createDrain();
  readonly #finished = new AbortController();

  constructor(call: {
    readonly requests: AsyncIterable<Uint8Array>;
    readonly fields: readonly HeaderField[];
    readonly options: CallOptions;
  }) {
    super(call.options);
    this.#requests = call.requests;
    this.#fields = call.fields;
  }

  /** The messages of the answer. */
  get responses(): AsyncIterable<Uint8Array> {
    return this.#intake.messages;
  }

  override start(stream: Stream): void {
    super.start(stream);
    stream.sendHeaders(this.#fields);
    this.#send(stream);
  }

  override data(bytes: Uint8Array, end: boolean): void {
    super.data(bytes, end);
    this.#intake.count(bytes.length, this.reader.isWithin);
  }

  override drained(): void {
    this.#drain.release();
  }

  protected message(message: Uint8Array): void {
    this.#intake.messages.push(message);
  }

  protected settle(error?: RpcError): void {
    if (error) this.#intake.messages.fail(error);
    else this.#intake.messages.end();
    this.#finished.abort();
  }

  async #send(stream: Stream): Promise<void> {
    const send = (message: Uint8Array) => {
      stream.sendData(prefixOf(message));
      stream.sendData(message);
      stream.flush();
      return this.#drain.wait(stream);
    };
    try {
      await pump(this.#requests, send, this.#finished.signal);
      stream.end();
    } catch (error) {
      this.stop(RpcError.from(error));
    }
  }
}
