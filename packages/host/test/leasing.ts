import type { Backend, Request, Response } from "@vaultwright/core/launch";
import type { FakePlugin } from "./fake-plugins.ts";

/** A secrets engine that leases what is read, and writes down what it is asked to renew and revoke. */
export interface Leasing extends FakePlugin {
  readonly calls: Request[];
  /** What renewals answer; the same secret again unless set. */
  renew?: (request: Request) => Response | undefined;
  /** Called at each revocation. */
  revoke?: () => void;
}

/** Makes the engine; its secrets live for ten minutes unless another time is given. */
export function createLeasing({ ttl = 600 } = {}): Leasing {
  const calls: Request[] = [];
  const leasing: Leasing = { calls, factory: () => backend };
  const backend: Backend = {
    type: "secret",
    checkExistence: async () => undefined,
    async handleRequest(request) {
      if (request.operation === "rollback") return undefined;
      if (request.operation === "read")
        return {
          data: { user: "u" },
          secret: { ttl, maxTtl: 3600, renewable: true, internalData: { secret_type: "user", n: 1 } },
        };
      calls.push(request);
      if (request.operation === "revoke") leasing.revoke?.();
      if (request.operation === "renew")
        return leasing.renew ? leasing.renew(request) : request.secret && { secret: request.secret };
      return undefined;
    },
  };
  return leasing;
}
