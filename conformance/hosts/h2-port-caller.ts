/* Makes one call by our HTTP/2 to each port of which standard input has a line, whatever is there, on Node or Bun. */
import { stdin } from "node:process";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { createHttp2 } from "../../packages/core/src/rpc/transport/http2/http2.ts";

/** A server may ask something behind the answer, to see whether the connection still stands. */
const openAfterMs = 200;

const transport = createHttp2();
for await (const port of createInterface(stdin)) {
  const channel = transport.dial({ address: { network: "tcp", address: `127.0.0.1:${port}` } });
  const call = channel.unary("/h2.Test/Echo", Buffer.from("hello"), { timeoutMs: 3000 });
  // What becomes of the call is the server's business; it is misbehaving on purpose.
  call
    .catch(() => {})
    .then(() => delay(openAfterMs))
    .then(() => channel.close());
}
