import type { BinaryReader, BinaryWriter } from "@bufbuild/protobuf/wire";
import type { CallOptions, Channel, MethodHandler, ServerCall, Service } from "./transport/transport.ts";

interface Codec<T> {
  encode(message: T, writer?: BinaryWriter): BinaryWriter;
  decode(input: BinaryReader | Uint8Array, length?: number): T;
}

interface MethodDefinition<Request, Response> {
  readonly name: string;
  readonly requestType: Codec<Request>;
  readonly requestStream: boolean;
  readonly responseType: Codec<Response>;
  readonly responseStream: boolean;
}

/** A service as ts-proto generates it. */
export interface ServiceDefinition {
  readonly fullName: string;
  // biome-ignore lint/suspicious/noExplicitAny: the messages of a method are in both directions, so no other type fits all of them.
  readonly methods: { readonly [name: string]: MethodDefinition<any, any> };
}

type RequestOf<M> = M extends { readonly requestType: Codec<infer T> } ? T : never;
type ResponseOf<M> = M extends { readonly responseType: Codec<infer T> } ? T : never;
type IsStream<M> = M extends { readonly requestStream: false; readonly responseStream: false } ? false : true;
type Requests<M> = M extends { readonly requestStream: true } ? AsyncIterable<RequestOf<M>> : RequestOf<M>;

/** Handlers of the methods of a service; a method without a handler answers `unimplemented`. */
export type Handlers<D extends ServiceDefinition> = {
  readonly [N in keyof D["methods"]]?: IsStream<D["methods"][N]> extends true
    ? (requests: Requests<D["methods"][N]>, call: ServerCall) => AsyncIterable<ResponseOf<D["methods"][N]>>
    : (request: RequestOf<D["methods"][N]>, call: ServerCall) => Promise<ResponseOf<D["methods"][N]>>;
};

/** The methods of a service on a channel. */
export type Client<D extends ServiceDefinition> = {
  readonly [N in keyof D["methods"]]: IsStream<D["methods"][N]> extends true
    ? (requests: Requests<D["methods"][N]>, options?: CallOptions) => AsyncIterable<ResponseOf<D["methods"][N]>>
    : (request: RequestOf<D["methods"][N]>, options?: CallOptions) => Promise<ResponseOf<D["methods"][N]>>;
};

/** Joins handlers of messages to the methods of a service. */
export declare function implement<const D extends ServiceDefinition>(definition: D, handlers: Handlers<D>): Service;

/** Makes the client of a service on a channel. */
export declare function clientOf<const D extends ServiceDefinition>(definition: D, channel: Channel): Client<D>;

export type { MethodHandler };
