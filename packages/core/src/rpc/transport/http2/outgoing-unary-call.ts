import type { HeaderField } from "../../../http2/hpack/decoder.ts";
import type { Stream } from "../../../http2/stream.ts";
import { RpcError } from "../../status.ts";
import type { CallOptions } from "../transport.ts";
import { prefixOf } from "./message-reader.ts";
import { OutgoingCall } from "./outgoing-call.ts";

/** A call of this side with one message in each direction. */
export class OutgoingUnaryCall extends OutgoingCall {
  readonly #request: Uint8Array;
  readonly #fields: readonly HeaderField[];
  readonly #resolve: (answer: Uint8Array) => void;
  readonly #reject: (error: RpcError) => void;
  #answer: Uint8Array | undefined;

  constructor(
    call: { readonly request: Uint8Array; readonly fields: readonly HeaderField[]; readonly options: CallOptions },
    resolve: (answer: Uint8Array) => void,
    reject: (error: RpcError) => void,
  ) {
    super(call.options);
    this.#request = call.request;
    this.#fields = call.fields;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  override start(stream: Stream): void {
    super.start(stream);
    stream.sendHeaders(this.#fields);
    stream.sendData(prefixOf(this.#request));
    stream.sendData(this.#request);
    stream.end();
  }

  override data(bytes: Uint8Array, end: boolean): void {
    // The message is needed whole, so there is nothing to hold the peer back for.
    this.stream?.consume(bytes.length);
    super.data(bytes, end);
  }

  protected message(message: Uint8Array): void {
    if (this.#answer) throw new RpcError("internal", "two messages in an answer that has one");
    this.#answer = message;
  }

  protected settle(error?: RpcError): void {
    if (error) this.#reject(error);
    else if (this.#answer) this.#resolve(this.#answer);
    else this.#reject(new RpcError("internal", "an answer without a message"));
  }
}
