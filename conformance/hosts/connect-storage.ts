import { once } from "node:events";
import { createSecureServer, type ServerHttp2Session } from "node:http2";
import type { DescMethodUnary } from "@bufbuild/protobuf";
import { fromJson, type JsonValue, toJson } from "@bufbuild/protobuf";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import type { KeyPair } from "../certificates.ts";
import { methodOf } from "./connect-node.ts";

/** A listener that plugins connect to for their storage. */
export interface StorageServer {
  /** What is stored, base64 by key. */
  readonly stored: ReadonlyMap<string, string>;
  /** Ends all connections of plugins, and takes new ones. */
  breakConnections(): void;
  close(): void;
}

/** Whoever asks for this key never gets an answer. */
export const silentKey = "values/silent";

/** Serves a storage in memory by connect-node, to the holder of one certificate. Other services it has not. */
export async function serveStorage(
  socket: string,
  identity: KeyPair,
  pluginCertificate: string,
): Promise<StorageServer> {
  const stored = new Map<string, string>();
  const handler = connectNodeAdapter({
    connect: false,
    grpcWeb: false,
    routes(router) {
      for (const name of ["Get", "Put", "Delete", "List"]) {
        // The methods of the storage have one message each way.
        const method = methodOf("pb.Storage", name) as DescMethodUnary;
        router.rpc(method, (message, { signal }) => {
          const asked = toJson(method.input, message);
          return isSilentFor(asked) ? aborted(signal) : fromJson(method.output, answer(stored, name, asked));
        });
      }
    },
  });
  const tls = { ...identity, ca: pluginCertificate, requestCert: true, rejectUnauthorized: true };
  const server = createSecureServer(tls, handler);
  const sessions = new Set<ServerHttp2Session>();
  server.on("session", (session) => {
    sessions.add(session);
    session.on("close", () => sessions.delete(session));
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return {
    stored,
    breakConnections() {
      for (const session of sessions) session.destroy();
    },
    close: () => void server.close(),
  };
}

function isSilentFor(message: JsonValue): boolean {
  return Object(message).key === silentKey;
}

/** Waits for the end of a call, which nothing else ends. */
async function aborted(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, "abort");
  throw signal.reason;
}

interface Asked {
  readonly key?: string;
  readonly prefix?: string;
  readonly entry?: { readonly key: string; readonly value?: string };
}

function answer(stored: Map<string, string>, name: string, message: JsonValue): JsonValue {
  // It was read by the method's own descriptor, which is one of these.
  const { key = "", prefix = "", entry } = message as Asked;
  switch (name) {
    case "Get": {
      const value = stored.get(key);
      return value === undefined ? {} : { entry: { key, value } };
    }
    case "Put":
      if (entry !== undefined) stored.set(entry.key, entry.value ?? "");
      return {};
    case "Delete":
      stored.delete(key);
      return {};
    default:
      return {
        keys: [...new Set([...stored.keys()].filter((k) => k.startsWith(prefix)).map((k) => below(k, prefix)))].sort(),
      };
  }
}

function below(key: string, prefix: string): string {
  const rest = key.slice(prefix.length);
  const slash = rest.indexOf("/");
  return slash < 0 ? rest : rest.slice(0, slash + 1);
}
