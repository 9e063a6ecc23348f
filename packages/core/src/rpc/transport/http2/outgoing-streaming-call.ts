import type { HeaderField } from "../../../http2/hpack/decoder.ts";
import type { Stream } from "../../../http2/stream.ts";
import { createQueue, type Queue } from "../../queue.ts";
import { RpcError } from "../../status.ts";
import { pump } from "../pump.ts";
import type { CallOptions } from "../transport.ts";
import { createDrain } from "./drain.ts";
import { prefixOf } from "./message-reader.ts";
import { OutgoingCall } from "./outgoing-call.ts";

/** A call of this side with streams of messages. */
export class OutgoingStreamingCall extends OutgoingCall {
  /** The messages of the answer. */
  readonly responses: Queue<Uint8Array>;
  readonly #requests: AsyncIterable<Uint8Array>;
  readonly #fields: readonly HeaderField[];
  readonly #drain = createDrain();
  readonly #finished = new AbortController();
  /** Bytes of messages that nobody has read yet. */
  #unread = 0;

  constructor(call: {
    readonly requests: AsyncIterable<Uint8Array>;
    readonly fields: readonly HeaderField[];
    readonly options: CallOptions;
  }) {
    super(call.options);
    this.#requests = call.requests;
    this.#fields = call.fields;
    this.responses = createQueue(() => this.#release());
  }

  override start(stream: Stream): void {
    super.start(stream);
    stream.sendHeaders(this.#fields);
    this.#send(stream);
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

  protected message(message: Uint8Array): void {
    this.responses.push(message);
  }

  protected settle(error?: RpcError): void {
    if (error) this.responses.fail(error);
    else this.responses.end();
    this.#finished.abort();
  }

  #release(): void {
    this.stream?.consume(this.#unread);
    this.#unread = 0;
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
