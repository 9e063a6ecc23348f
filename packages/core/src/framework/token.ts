import type { Alias, Auth, TokenType } from "../logical/auth.ts";
import type { Call } from "../logical/backend.ts";
import { PermissionDenied, UserError } from "../logical/errors.ts";
import { present } from "../logical/present.ts";
import type { Request } from "../logical/request.ts";
import type { Response } from "../logical/response.ts";
import { checkField } from "./check-fields.ts";
import { Refusal } from "./coerce/refusal.ts";
import type { Fields } from "./field.ts";
import {
  checkLifetimes,
  type Extending,
  type Internal,
  internalToData,
  leaseContext,
  type TokenContext,
} from "./lease-context.ts";

/** A longer life for a token that keeps an `I`. All durations are seconds; what is left out stays as it was. */
export interface TokenExtension<out I = never> {
  readonly ttl?: number;
  readonly maxTtl?: number;
  readonly period?: number;
  readonly explicitMaxTtl?: number;
  /** What the token keeps from now on, instead of all that it kept. */
  readonly internal?: I;
  /** Memberships of external groups, which the host refreshes. */
  readonly groupAliases?: readonly Alias[];
  /** Shown by hosts that show them; Vault drops what a plugin says of a renewed token. */
  readonly warnings?: readonly string[];
}

/** What the tokens of an auth method keep, and how they are renewed. */
export interface TokenDefinition<F extends Fields> {
  readonly internal: F;
  /** Nothing returned leaves the token as it is: it ends at its old time. Without this handler no token is renewable. */
  renew?(
    context: TokenContext<Internal<F>>,
  ): Promise<Extending<TokenExtension<Internal<F>>>> | Extending<TokenExtension<Internal<F>>>;
}

/** A token to make of a login. All durations are seconds. */
export interface Grant<F extends Fields> {
  readonly internal: Internal<F>;
  readonly policies?: readonly string[];
  readonly metadata?: Readonly<Record<string, string>>;
  readonly displayName?: string;
  /** Who logged in; the text alone is the alias's name. Without it the login has no identity entity. */
  readonly alias?: string | Alias;
  readonly groupAliases?: readonly Alias[];
  readonly ttl?: number;
  readonly maxTtl?: number;
  readonly period?: number;
  readonly explicitMaxTtl?: number;
  /** Zero or absent: unlimited. */
  readonly numUses?: number;
  readonly boundCidrs?: readonly string[];
  readonly tokenType?: TokenType;
  readonly noDefaultPolicy?: boolean;
  readonly warnings?: readonly string[];
}

/** How the tokens of an auth method answer the host. */
export interface TokenAnswers {
  renew(auth: Auth, request: Request, call: Call): Promise<Response | undefined>;
}

/** The tokens of an auth method. */
export interface TokenKind<F extends Fields> extends TokenAnswers {
  /** Makes the response that logs the caller in. */
  grant(grant: Grant<F>): Response;
}

/** Defines what the tokens of an auth method keep, and how they are renewed. */
export function token<const F extends Fields>(definition: TokenDefinition<F>): TokenKind<F> {
  for (const [name, field] of Object.entries(definition.internal)) checkField(`token, field "${name}"`, field);
  return {
    grant: (grant) => login(grant, { renewable: definition.renew !== undefined }),
    async renew(auth, request, call) {
      if (!definition.renew) throw new UserError("this auth type doesn't support renew");
      const lease = readable(() => leaseContext(definition.internal, auth, request, call));
      const extension = await definition.renew({ ...lease, auth });
      if (!extension) return undefined;
      checkLifetimes(extension);
      const { warnings, internal, ...changed } = extension;
      const internalData = internal && internalToData(internal);
      // The host replaces the token by what it gets, so all the rest of it goes back.
      return { auth: { ...auth, ...present({ ...changed, internalData }) }, ...present({ warnings }) };
    },
  };
}

function login<F extends Fields>(grant: Grant<F>, { renewable }: { readonly renewable: boolean }): Response {
  checkLifetimes(grant);
  const { internal, metadata, alias, warnings, ...rest } = grant;
  if (rest.numUses !== undefined && rest.numUses < 0) throw new RangeError("numUses must not be less than zero");
  return {
    auth: {
      ...present(rest),
      internalData: internalToData(internal),
      renewable,
      ...present({
        metadata: metadata && new Map(Object.entries(metadata)),
        alias: typeof alias === "string" ? { name: alias } : alias,
      }),
    },
    ...present({ warnings }),
  };
}

/** A token whose internal data does not fit was not made by this plugin as it is now. */
function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Refusal ? new PermissionDenied(undefined, { cause: error }) : error;
  }
}
