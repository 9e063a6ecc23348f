import type { Transport } from "../transport.ts";
import { dial } from "./client.ts";
import { listen } from "./server.ts";

/** gRPC by grpc-js, on Node and on Bun. */
export const grpcJs: Transport = { listen, dial };
