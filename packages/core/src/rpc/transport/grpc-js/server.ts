import { rm } from "node:fs/promises";
import {
  type Metadata as GrpcMetadata,
  Server as GrpcServer,
  type handleBidiStreamingCall,
  type handleUnaryCall,
  type MethodDefinition,
  ServerCredentials,
  type ServiceError,
  type UntypedHandleCall,
} from "@grpc/grpc-js";
import { createQueue } from "../../queue.ts";
import { answerTo, RpcError, statusCodes } from "../../status.ts";
import type { ServerTls } from "../../tls.ts";
import { pump } from "../pump.ts";
import type { Address, MethodHandler, Server, ServerCall, Service } from "../transport.ts";
import type { ListenOptions } from "../with-connections.ts";
import { withPort } from "../with-port.ts";
import { targetOf } from "./address.ts";
import { allowCancellations } from "./allow-cancellations.ts";
import { asBuffer, asBytes } from "./bytes.ts";
import { metadataFromGrpc } from "./metadata.ts";
import { commonOptions } from "./options.ts";
import { sendOn } from "./send.ts";

/** Serves on an address by grpc-js. */
export async function listen({ address, services, tls }: ListenOptions): Promise<Server> {
  const server = new GrpcServer(commonOptions);
  allowCancellations(server);
  for (const service of services) addService(server, service);
  const port = await bind(server, address, tls);
  return serverOf(server, withPort(address, port));
}

function serverOf(server: GrpcServer, address: Address): Server {
  return {
    address,
    async close() {
      // With channelz off, forceShutdown leaves the connections open; drain with no time to finish ends them.
      server.drain(targetOf(address), 0);
      server.forceShutdown();
      // The listener removes its socket only after the last connection is closed.
      if (address.network === "unix") await rm(address.address, { force: true });
    },
  };
}

function bind(server: GrpcServer, address: Address, tls: ServerTls | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(targetOf(address), credentialsOf(tls), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}

function credentialsOf(tls: ServerTls | undefined): ServerCredentials {
  if (!tls) return ServerCredentials.createInsecure();
  const { identity, trusted } = tls;
  const pair = { cert_chain: Buffer.from(identity.certificate), private_key: Buffer.from(identity.key) };
  // Without the third argument grpc-js does not ask clients for a certificate.
  return ServerCredentials.createSsl(Buffer.from(trusted), [pair], true);
}

function addService(server: GrpcServer, service: Service): void {
  const definition: Record<string, MethodDefinition<Uint8Array, Uint8Array>> = {};
  const handlers: Record<string, UntypedHandleCall> = {};
  for (const [path, method] of service) {
    const isStream = method.kind === "stream";
    definition[path] = {
      path,
      requestStream: isStream,
      responseStream: isStream,
      requestSerialize: asBuffer,
      requestDeserialize: asBytes,
      responseSerialize: asBuffer,
      responseDeserialize: asBytes,
    };
    handlers[path] = isStream ? streamHandler(method) : unaryHandler(method);
  }
  server.addService(definition, handlers);
}

type Unary = Extract<MethodHandler, { kind: "unary" }>;
type Stream = Extract<MethodHandler, { kind: "stream" }>;

function unaryHandler(method: Unary): handleUnaryCall<Uint8Array, Uint8Array> {
  return async (call, callback) => {
    const { serverCall } = open(call);
    try {
      callback(null, await method.handle(call.request, serverCall));
    } catch (error) {
      callback(statusOf(error));
    }
  };
}

function streamHandler(method: Stream): handleBidiStreamingCall<Uint8Array, Uint8Array> {
  return async (call) => {
    const { serverCall, abort } = open(call);
    const requests = createQueue<Uint8Array>(() => call.resume());
    call.on("data", (message: Uint8Array) => {
      call.pause();
      requests.push(message);
    });
    call.on("end", () => requests.end());
    call.on("error", () => abort());
    serverCall.signal.addEventListener("abort", () => requests.fail(new RpcError("cancelled", "call cancelled")));
    try {
      await pump(method.handle(requests, serverCall), sendOn(call), serverCall.signal);
      call.end();
    } catch (error) {
      if (!serverCall.signal.aborted) call.emit("error", statusOf(error));
    }
  };
}

interface GrpcCall {
  readonly metadata: GrpcMetadata;
  readonly cancelled: boolean;
  on(event: "cancelled", listener: () => void): unknown;
}

function open(call: GrpcCall): { readonly serverCall: ServerCall; abort(): void } {
  const controller = new AbortController();
  const abort = () => controller.abort(new RpcError("cancelled", "call cancelled"));
  call.on("cancelled", abort);
  if (call.cancelled) abort();
  let metadata: ServerCall["metadata"] | undefined;
  const serverCall = {
    signal: controller.signal,
    get metadata() {
      metadata ??= metadataFromGrpc(call.metadata);
      return metadata;
    },
  };
  return { serverCall, abort };
}

function statusOf(thrown: unknown): Partial<ServiceError> {
  const { status, details } = answerTo(thrown);
  return { code: statusCodes[status], details };
}
