import { PluginError } from "../plugin-error.ts";
import type { Transport } from "./transport.ts";

/** The variable that names a transport. */
export const transportVariable = "VAULTWRIGHT_TRANSPORT";

const transports: ReadonlyMap<string, () => Promise<Transport>> = new Map([
  ["http2", async () => (await import("./http2/http2.ts")).createHttp2()],
  ["grpc-js", async () => (await import("./grpc-js/grpc-js.ts")).grpcJs],
]);

/** Loads the transport that the environment names: our own HTTP/2, or grpc-js where somebody suspects the former. */
export function chooseTransport(
  variables: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Transport> {
  const name = variables[transportVariable] || "http2";
  const load = transports.get(name);
  if (!load) {
    const known = [...transports.keys()].join(" or ");
    throw new PluginError("transport-unknown", `${transportVariable} is "${name}"; it can be ${known}`);
  }
  return load();
}
