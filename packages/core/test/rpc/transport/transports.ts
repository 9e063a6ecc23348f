import { grpcJs } from "../../../src/rpc/transport/grpc-js/grpc-js.ts";
import { createHttp2 } from "../../../src/rpc/transport/http2/http2.ts";
import type { Transport } from "../../../src/rpc/transport/transport.ts";

/** Every transport that goes over sockets, with its name. */
export const transports: readonly (readonly [name: string, transport: Transport])[] = [
  ["grpc-js", grpcJs],
  ["our own HTTP/2", createHttp2()],
];

/** Every one of them as server with every one as client. */
export const pairs: readonly (readonly [name: string, transport: Transport])[] = transports.flatMap(
  ([serverName, { listen }]) =>
    transports.map(([clientName, { dial }]) => [`${serverName}, called by ${clientName}`, { listen, dial }] as const),
);
