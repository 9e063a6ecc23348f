import { type Data, type Response, secret, t } from "@vaultwright/core";
import { values } from "./values.ts";

const duration = t.seconds();

/** The lease of a read. Its name and its lack of internal data are those of the plugin in Go, whose leases fit as well. */
export const lease = secret("kv", {
  internal: {},
  async renew({ request, storage }) {
    const data = await values.get(storage, request.path);
    return data && { data, ...ttlOf(data) };
  },
  // What is stored does not end with a lease.
  revoke() {},
});

/** Hands an object out under a lease, which can be renewed only if the object says how long it lives. */
export function leasedResponse(data: Data): Response {
  return lease.issue({ data, internal: {}, renewable: lifetimeOf(data) !== undefined, ...ttlOf(data) });
}

/** The lifetime that an object asks for; what is none leaves it to the host. */
function ttlOf(data: Data): { readonly ttl?: number } {
  const lifetime = lifetimeOf(data);
  // The engine in Go reads the stored number as text, and a text of seconds has no fraction.
  if (typeof lifetime === "number" && !Number.isInteger(lifetime)) return {};
  const parsed = duration["~standard"].validate(lifetime);
  return !parsed.issues && parsed.value ? { ttl: parsed.value } : {};
}

function lifetimeOf(data: Data): unknown {
  const name = ["ttl", "lease"].find((each) => Object.hasOwn(data, each));
  return name === undefined ? undefined : data[name];
}
