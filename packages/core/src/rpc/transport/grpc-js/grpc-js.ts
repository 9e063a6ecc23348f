import { logVerbosity, setLogVerbosity } from "@grpc/grpc-js";
import type { Transport } from "../transport.ts";
import { withConnections } from "../with-connections.ts";
import { dial } from "./client.ts";
import { listen } from "./server.ts";

// Its messages say nothing that the errors do not, and on a plugin's standard error hosts expect log lines only.
if (process.env["GRPC_VERBOSITY"] === undefined) setLogVerbosity(logVerbosity.NONE);

/** gRPC by grpc-js, on Node and on Bun. */
export const grpcJs: Transport = withConnections({ listen, dial });
