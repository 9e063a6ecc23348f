import type { Secret as SecretMessage } from "../gen/pb/backend.ts";
import { present } from "../logical/present.ts";
import type { Secret } from "../logical/secret.ts";
import { nonZero } from "./absent.ts";
import { dataFromWire, dataToWire } from "./data.ts";
import { leaseFromWire, leaseToWire } from "./lease.ts";

/** Gives a leased secret as a message. */
export function secretToWire(secret: Secret): SecretMessage {
  return {
    leaseOptions: leaseToWire(secret),
    internalData: dataToWire(secret.internalData),
    leaseId: secret.leaseId ?? "",
  };
}

/** Reads a leased secret. */
export function secretFromWire(secret: SecretMessage): Secret {
  return present({
    ...leaseFromWire(secret.leaseOptions),
    internalData: dataFromWire(secret.internalData),
    leaseId: nonZero(secret.leaseId),
  });
}
