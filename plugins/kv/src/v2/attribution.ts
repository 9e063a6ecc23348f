import type { Request } from "@vaultwright/core";
import type { Attribution } from "./secret.ts";

/** Says who makes a request, leaving out what is not known of them. */
export function attributionOf({ displayName, entityId, operation }: Request, as: string = operation): Attribution {
  return {
    ...(displayName && { actor: displayName }),
    operation: as,
    ...(entityId && { entity_id: entityId }),
  };
}
