import type { Alias as AliasMessage } from "../gen/logical/identity.ts";
import type { Alias } from "../logical/auth.ts";
import { present } from "../logical/present.ts";
import { nonEmptyMap, nonZero } from "./absent.ts";

/** Gives an alias as a message. */
export function aliasToWire(alias: Alias): AliasMessage {
  return {
    mountType: alias.mountType ?? "",
    mountAccessor: alias.mountAccessor ?? "",
    name: alias.name,
    metadata: new Map(alias.metadata),
    id: alias.id ?? "",
    namespaceId: alias.namespaceId ?? "",
    customMetadata: new Map(alias.customMetadata),
    local: alias.local ?? false,
    externalId: alias.externalId ?? "",
    issuer: alias.issuer ?? "",
  };
}

/** Reads an alias. */
export function aliasFromWire(alias: AliasMessage): Alias {
  return present({
    name: alias.name,
    mountType: nonZero(alias.mountType),
    mountAccessor: nonZero(alias.mountAccessor),
    metadata: nonEmptyMap(alias.metadata),
    id: nonZero(alias.id),
    namespaceId: nonZero(alias.namespaceId),
    customMetadata: nonEmptyMap(alias.customMetadata),
    local: nonZero(alias.local),
    externalId: nonZero(alias.externalId),
    issuer: nonZero(alias.issuer),
  });
}
