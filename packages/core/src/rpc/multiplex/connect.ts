import { createConnection } from "node:net";
import type { Handshake } from "../handshake.ts";
import { PluginError } from "../plugin-error.ts";
import { createSession, type Session } from "../yamux/session.ts";

/** Makes the host's end of the one connection that carries all others. */
export function connectSession(handshake: Handshake, signal: AbortSignal): Promise<Session> {
  const { network, address } = handshake.address;
  return new Promise((resolve, reject) => {
    if (!handshake.multiplexing) {
      reject(new PluginError("multiplexing-unsupported", "it does not know how to use one connection for everything"));
      return;
    }
    const socket = createConnection(network === "unix" ? { path: address } : tcpOptions(address));
    const abort = () => socket.destroy(new Error("the start was given up"));
    signal.addEventListener("abort", abort, { once: true });
    socket.once("error", (cause) => {
      reject(new PluginError("connect-failed", `cannot connect to it: ${cause.message}`, { cause }));
    });
    socket.once("connect", () => {
      signal.removeEventListener("abort", abort);
      resolve(createSession(socket, { role: "client" }));
    });
  });
}

function tcpOptions(address: string): { readonly host: string; readonly port: number } {
  const colon = address.lastIndexOf(":");
  return { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) };
}
