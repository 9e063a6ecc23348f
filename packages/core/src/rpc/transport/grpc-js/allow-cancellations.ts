import type { Server } from "@grpc/grpc-js";

const noLimit = 2 ** 31 - 1;

/**
 * Lets clients cancel as many calls as they like. By default `node:http2` ends a connection after some thousand resets
 * in a short time, and with it the broker's stream; grpc-js has no option for that, only the object that it starts from.
 */
export function allowCancellations(server: Server): void {
  const options: unknown = Reflect.get(server, "commonServerOptions");
  if (typeof options === "object" && options !== null) {
    Object.assign(options, { streamResetBurst: noLimit, streamResetRate: noLimit });
  }
}
