import type { TokenType } from "../logical/auth.ts";
import type { Data } from "../logical/json.ts";
import type { Request } from "../logical/request.ts";
import type { Host } from "../logical/system-view.ts";
import { parseAddress } from "./addresses.ts";
import type { Fields } from "./field.ts";
import { type TokenFields, tokenFields, withTokenFields } from "./token-fields.ts";
import { noTokenParameters, parseTokenParameters, type TokenFieldValues, type TokenParameters } from "./token-parse.ts";
import { readTokenParameters, storedTokenParameters } from "./token-stored.ts";

/** What {@link TokenParameters} become in a login; spread it into `grant`. */
export interface TokenGrant extends Omit<TokenParameters, "type" | "strictlyBindIp"> {
  readonly tokenType: TokenType;
}

/** The `token_*` parameters of roles and users, as the auth methods of a host have them. */
export interface TokenParameterSet {
  /** Spread them into the fields of a path, or take single ones. */
  readonly fields: TokenFields;
  /** Adds them to a path's own fields, or those of them with these names; a name that both have is refused. */
  addTo<const F extends Fields, const N extends keyof TokenFields = keyof TokenFields>(
    fields: F,
    names?: readonly N[],
  ): F & Pick<TokenFields, N>;
  /** Parameters of which none was given. */
  readonly none: TokenParameters;
  /** Changes what a write or a patch gives, and checks the result; what is wrong is thrown as `UserError`. */
  parse(fields: TokenFieldValues, current?: TokenParameters): TokenParameters;
  /** What a read of the role shows. */
  toData(parameters: TokenParameters): Data;
  /** What a login grants; the request of the login says from where it came. */
  toGrant(parameters: TokenParameters, request: Pick<Request, "connection">): TokenGrant;
  /** The members that Go plugins keep in a stored role; for roles that one of them reads too. */
  toStored(parameters: TokenParameters): Data;
  /** Reads a role that a Go plugin stored. */
  fromStored(role: Data): TokenParameters;
}

/** Gives the `token_*` parameters that the auth methods of a host have: `tokenParameters(mount.system.host)`. */
export function tokenParameters(host: Pick<Host, "kind">): TokenParameterSet {
  const fields = tokenFields(host);
  return {
    fields,
    addTo: (own, names) => withTokenFields(own, fields, names),
    none: noTokenParameters,
    parse: (given, current = noTokenParameters) => parseTokenParameters(given, current),
    toData: (parameters) => toData(parameters, host),
    toGrant,
    toStored: storedTokenParameters,
    fromStored: readTokenParameters,
  };
}

function toData(parameters: TokenParameters, { kind }: Pick<Host, "kind">): Data {
  return {
    token_bound_cidrs: parameters.boundCidrs,
    token_explicit_max_ttl: parameters.explicitMaxTtl,
    token_max_ttl: parameters.maxTtl,
    token_no_default_policy: parameters.noDefaultPolicy,
    token_num_uses: parameters.numUses,
    token_period: parameters.period,
    token_policies: parameters.policies,
    ...(kind === "openbao" && { token_strictly_bind_ip: parameters.strictlyBindIp }),
    token_ttl: parameters.ttl,
    token_type: parameters.type,
  };
}

function toGrant(
  { type, strictlyBindIp, boundCidrs, ...rest }: TokenParameters,
  { connection }: Pick<Request, "connection">,
): TokenGrant {
  // Where nothing says from where the login came there is nothing to bind to, and the address "" is refused.
  const bound = strictlyBindIp ? [parseAddress(connection?.remoteAddr ?? "")] : boundCidrs;
  return { ...rest, boundCidrs: bound, tokenType: type };
}
