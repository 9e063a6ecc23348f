import { type Accept, Connection } from "../../packages/core/src/http2/connection.ts";
import { bunOf } from "../../packages/core/src/rpc/transport/http2/sockets/bun.ts";
import { bunSockets } from "../../packages/core/src/rpc/transport/http2/sockets/bun-sockets.ts";
import { nodeSockets } from "../../packages/core/src/rpc/transport/http2/sockets/node-sockets.ts";
import { hostAndPort } from "../../packages/core/src/rpc/transport/http2/sockets/sockets.ts";
import type { Transport } from "../../packages/core/src/rpc/transport/transport.ts";

/** Answers every request with a few words once it is complete, as a server of web pages would. */
const answerPlainly: Accept = (stream, _fields, end) => {
  const answer = () => {
    stream.sendHeaders([
      [":status", "200"],
      ["content-type", "text/plain"],
    ]);
    stream.sendData(Buffer.from("Hello, whoever you are.\n"));
    stream.end();
  };
  const listener = {
    headers: (_trailers: unknown, isEnd: boolean) => isEnd && answer(),
    data(bytes: Uint8Array, isEnd: boolean) {
      if (isEnd) answer();
      else stream.consume(bytes.length);
    },
    aborted() {},
  };
  if (end) answer();
  return listener;
};

/** Serves HTTP/2 without gRPC, for tests that a server of calls answers before they are at their point. */
export const listenPlainly: Transport["listen"] = async ({ address, tls }) => {
  const bun = bunOf(globalThis);
  const sockets = bun ? bunSockets(bun) : nodeSockets;
  const listener = await sockets.listen({ address, tls, attach: (pipe) => new Connection(pipe, {}, answerPlainly) });
  const { host } = hostAndPort(address);
  return {
    address: address.network === "unix" ? address : { network: "tcp", address: `${host}:${listener.port}` },
    close: async () => listener.stop(),
  };
};
