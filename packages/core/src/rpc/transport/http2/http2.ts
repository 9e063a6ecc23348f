import type { Transport } from "../transport.ts";
import { withConnections } from "../with-connections.ts";
import { dialOn } from "./client.ts";
import { listenOn } from "./server.ts";
import { bunOf } from "./sockets/bun.ts";
import { bunSockets } from "./sockets/bun-sockets.ts";
import { nodeSockets } from "./sockets/node-sockets.ts";
import type { Sockets } from "./sockets/sockets.ts";

/** Makes gRPC by HTTP/2 of our own, on the sockets of a runtime. */
export function http2On(sockets: Sockets): Transport {
  return withConnections({
    listen: (options) => listenOn(sockets, options),
    dial: (options) => dialOn(sockets, options),
  });
}

/** gRPC by HTTP/2 of our own, on the sockets of the runtime that runs this process. */
export function createHttp2(): Transport {
  const bun = bunOf(globalThis);
  return http2On(bun ? bunSockets(bun) : nodeSockets);
}
