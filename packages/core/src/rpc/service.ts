import type { BinaryReader, BinaryWriter } from "@bufbuild/protobuf/wire";
import { FieldReader } from "./field-reader.ts";
import { RpcError } from "./status.ts";
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
export function implement<const D extends ServiceDefinition>(definition: D, handlers: Handlers<D>): Service {
  const service = new Map<string, MethodHandler>();
  for (const [key, method] of Object.entries(definition.methods)) {
    // The type of `handlers` pairs each key with the messages of its method, which a look-up by name cannot express.
    const handler = handlers[key] as AnyHandler | undefined;
    if (handler) service.set(pathOf(definition, method), methodHandler(method, handler));
  }
  return service;
}

/** Makes the client of a service on a channel. */
export function clientOf<const D extends ServiceDefinition>(definition: D, channel: Channel): Client<D> {
  const client: Record<string, unknown> = {};
  for (const [key, method] of Object.entries(definition.methods)) {
    client[key] = clientMethod(method, pathOf(definition, method), channel);
  }
  // Each key of the definition now has the function that `Client` declares for it.
  return client as Client<D>;
}

type AnyMethod = ServiceDefinition["methods"][string];
// biome-ignore lint/suspicious/noExplicitAny: stands for the handlers of all methods, whose messages differ.
type AnyHandler = (request: any, call: ServerCall) => any;

function pathOf(definition: ServiceDefinition, method: AnyMethod): string {
  return `/${definition.fullName}/${method.name}`;
}

function methodHandler(method: AnyMethod, handler: AnyHandler): MethodHandler {
  const { requestType, responseType } = method;
  if (!isStream(method)) {
    return {
      kind: "unary",
      async handle(request, call) {
        return responseType.encode(await handler(requestType.decode(new FieldReader(request)), call)).finish();
      },
    };
  }
  return {
    kind: "stream",
    async *handle(requests, call) {
      const decoded = decodeAll(requestType, requests);
      const request = method.requestStream ? decoded : await only(decoded);
      yield* encodeAll(responseType, handler(request, call));
    },
  };
}

function clientMethod({ requestType, responseType, ...method }: AnyMethod, path: string, channel: Channel): unknown {
  if (!isStream(method)) {
    return async (request: unknown, options?: CallOptions) =>
      responseType.decode(new FieldReader(await channel.unary(path, requestType.encode(request).finish(), options)));
  }
  // biome-ignore lint/suspicious/noExplicitAny: one message or a stream of them, as the method has it.
  return (request: any, options?: CallOptions) => {
    const requests = encodeAll(requestType, method.requestStream ? request : [request]);
    return decodeAll(responseType, channel.stream(path, requests, options));
  };
}

function isStream(method: Pick<AnyMethod, "requestStream" | "responseStream">): boolean {
  return method.requestStream || method.responseStream;
}

async function* encodeAll<T>(codec: Codec<T>, messages: AsyncIterable<T> | Iterable<T>): AsyncGenerator<Uint8Array> {
  for await (const message of messages) yield codec.encode(message).finish();
}

async function* decodeAll<T>(codec: Codec<T>, messages: AsyncIterable<Uint8Array>): AsyncGenerator<T> {
  for await (const message of messages) yield codec.decode(new FieldReader(message));
}

async function only<T>(messages: AsyncIterable<T>): Promise<T> {
  for await (const message of messages) return message;
  throw new RpcError("invalid-argument", "call without a request message");
}
