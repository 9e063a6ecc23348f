import type { Writable } from "node:stream";
import type { Send } from "../pump.ts";

/** Makes what sends messages on a call of grpc-js. */
export function sendOn(call: Writable): Send {
  return (message) => (call.write(message) ? undefined : new Promise((resolve) => call.once("drain", resolve)));
}
