import { execFileSync } from "node:child_process";
import { connect as connectSocket } from "node:net";
import { connect as connectTls } from "node:tls";
import {
  createFileRegistry,
  type DescMethod,
  type DescMethodStreaming,
  type DescMethodUnary,
  type FileRegistry,
  fromBinary,
  fromJson,
  type JsonValue,
  toBinary,
  toJson,
} from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { root } from "../../scripts/project.ts";
import type { KeyPair } from "../certificates.ts";

let registry: FileRegistry | undefined;

/** Finds a method in our .proto files, which connect reads by itself: no generated code of ours is in between. */
export function methodOf(service: string, name: string): DescMethod {
  registry ??= readRegistry();
  const method = registry.getService(service)?.methods.find((method) => method.name === name);
  if (method === undefined) throw new Error(`there is no method ${service}/${name}`);
  return method;
}

/** Encodes what a method takes from the JSON of protobuf. */
export function inputOf(service: string, name: string, message: JsonValue): Uint8Array {
  const { input } = methodOf(service, name);
  return toBinary(input, fromJson(input, message));
}

function readRegistry(): FileRegistry {
  const bytes = execFileSync("buf", ["build", "--as-file-descriptor-set", "-o", "-"], { cwd: root });
  return createFileRegistry(fromBinary(FileDescriptorSetSchema, bytes));
}

/** Where and how to connect to a plugin; without certificates in plain text. */
export interface Address {
  readonly socket: string;
  readonly identity?: KeyPair;
  readonly ca?: string;
}

/** Calls methods with messages in the JSON of protobuf. */
export interface ConnectClient {
  unary(
    service: string,
    method: string,
    message?: JsonValue,
    headers?: Readonly<Record<string, string>>,
    /** The call's deadline, from now on. */
    timeoutMs?: number,
  ): Promise<JsonValue>;
  /** Opens a stream; what comes is given one by one. */
  stream(
    service: string,
    method: string,
    messages: AsyncIterable<JsonValue>,
    signal: AbortSignal,
  ): AsyncIterable<JsonValue>;
}

/** Makes a client by connect-node, for gRPC over a unix socket. */
export function createConnectClient({ socket, identity, ca }: Address): ConnectClient {
  const isSecret = ca !== undefined;
  const transport = createGrpcTransport({
    baseUrl: `${isSecret ? "https" : "http"}://localhost`,
    nodeOptions: {
      createConnection: () =>
        isSecret
          ? connectTls({ path: socket, servername: "localhost", ALPNProtocols: ["h2"], ca, ...identity })
          : connectSocket(socket),
    },
  });
  return {
    async unary(service, name, message = {}, headers = {}, timeoutMs = 15_000) {
      // Asked for one message, a method of another kind fails in connect.
      const method = methodOf(service, name) as DescMethodUnary;
      const reply = await transport.unary(method, undefined, timeoutMs, headers, fromJson(method.input, message));
      return toJson(method.output, reply.message);
    },
    async *stream(service, name, messages, signal) {
      const method = methodOf(service, name) as DescMethodStreaming;
      const input = (async function* () {
        for await (const message of messages) yield fromJson(method.input, message);
      })();
      const reply = await transport.stream(method, signal, undefined, {}, input);
      for await (const message of reply.message) yield toJson(method.output, message);
    },
  };
}
