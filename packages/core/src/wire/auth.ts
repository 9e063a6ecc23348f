import type { Alias as AliasMessage } from "../gen/logical/identity.ts";
import type { Auth as AuthMessage } from "../gen/pb/backend.ts";
import { type Alias, type Auth, type TokenType, tokenTypes } from "../logical/auth.ts";
import { present } from "../logical/present.ts";
import { nonEmpty, nonEmptyMap, nonZero } from "./absent.ts";
import { aliasFromWire, aliasToWire } from "./alias.ts";
import { dataFromWire, dataToWire } from "./data.ts";
import { durationFromWire, durationToWire } from "./duration.ts";
import { leaseFromWire, leaseToWire } from "./lease.ts";

/** Gives a login as a message. */
export function authToWire(auth: Auth): AuthMessage {
  return {
    leaseOptions: leaseToWire(auth),
    internalData: dataToWire(auth.internalData),
    displayName: auth.displayName ?? "",
    policies: auth.policies ?? [],
    metadata: new Map(auth.metadata),
    clientToken: auth.clientToken ?? "",
    accessor: auth.accessor ?? "",
    period: durationToWire(auth.period),
    numUses: BigInt(auth.numUses ?? 0),
    entityId: auth.entityId ?? "",
    alias: auth.alias && loginAliasToWire(auth.alias),
    groupAliases: (auth.groupAliases ?? []).map(aliasToWire),
    boundCidrs: auth.boundCidrs ?? [],
    tokenPolicies: auth.tokenPolicies ?? [],
    identityPolicies: auth.identityPolicies ?? [],
    explicitMaxTtl: durationToWire(auth.explicitMaxTtl),
    tokenType: tokenTypeToWire(auth.tokenType),
    noDefaultPolicy: auth.noDefaultPolicy ?? false,
  };
}

/** Reads a login. */
export function authFromWire(auth: AuthMessage): Auth {
  return present({
    ...leaseFromWire(auth.leaseOptions),
    internalData: dataFromWire(auth.internalData),
    displayName: nonZero(auth.displayName),
    policies: nonEmpty(auth.policies),
    metadata: nonEmptyMap(auth.metadata),
    clientToken: nonZero(auth.clientToken),
    accessor: nonZero(auth.accessor),
    period: nonZero(durationFromWire(auth.period)),
    numUses: nonZero(Number(auth.numUses)),
    entityId: nonZero(auth.entityId),
    alias: auth.alias && aliasFromWire(auth.alias),
    groupAliases: nonEmpty(auth.groupAliases.map(aliasFromWire)),
    boundCidrs: nonEmpty(auth.boundCidrs),
    tokenPolicies: nonEmpty(auth.tokenPolicies),
    identityPolicies: nonEmpty(auth.identityPolicies),
    explicitMaxTtl: nonZero(durationFromWire(auth.explicitMaxTtl)),
    tokenType: auth.tokenType === 0 ? undefined : tokenTypes[auth.tokenType],
    noDefaultPolicy: nonZero(auth.noDefaultPolicy),
  });
}

/** Hosts refuse a login whose alias has no name, and do not say of which plugin; so it does not get there. */
function loginAliasToWire(alias: Alias): AliasMessage {
  if (!alias.name) throw new TypeError("the alias of a login needs a name");
  return aliasToWire(alias);
}

/** A number that hosts do not know can crash them, so an unknown type never becomes one. */
function tokenTypeToWire(type: TokenType = "default"): number {
  const number = tokenTypes.indexOf(type);
  if (number === -1) throw new TypeError(`unknown token type ${type}`);
  return number;
}
