import { RpcError } from "../rpc/status.ts";
import type { Metadata } from "../rpc/transport/transport.ts";

/** The metadata key by which a host says which mount a call is for. */
export const multiplexIdKey = "multiplex_id";

/** The name of the only instance of a process that serves one mount. */
export const singleId = "single";

/** Reads which mount a call is for. Hosts look at these texts (openbao, sdk/helper/pluginutil/multiplexing.go). */
export function instanceIdOf(metadata: Metadata): string {
  // An HTTP/2 library may have joined values under one key by a comma, which no host has in an id.
  const ids = metadata.get(multiplexIdKey)?.flatMap((value) => (value.includes(",") ? value.split(/, ?/) : value));
  if (ids === undefined) throw new RpcError("unknown", "no multiplexing ID found");
  if (ids.length !== 1) throw new RpcError("unknown", `unexpected number of IDs in metadata: (${ids.length})`);
  const [id = ""] = ids;
  if (id === "") throw new RpcError("unknown", "empty multiplex ID in metadata");
  return id;
}
