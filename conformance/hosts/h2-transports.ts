import { grpcJs } from "../../packages/core/src/rpc/transport/grpc-js/grpc-js.ts";
import { createHttp2 } from "../../packages/core/src/rpc/transport/http2/http2.ts";
import type { Transport } from "../../packages/core/src/rpc/transport/transport.ts";
import { listenPlainly } from "./h2-room.ts";

/** What serves: a transport, or its HTTP/2 without gRPC. */
export type Subject = "grpc-js" | "http2" | "http2-without-grpc";

/** How each of them serves. */
export const listenOf: Readonly<Record<Subject, Transport["listen"]>> = {
  "grpc-js": grpcJs.listen,
  http2: createHttp2().listen,
  "http2-without-grpc": listenPlainly,
};
