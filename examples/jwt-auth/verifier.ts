import { UserError } from "@vaultwright/core";
import { createRemoteJWKSet, decodeJwt, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { Config } from "./config.ts";

/** Checks signed tokens. */
export interface Verifier {
  /** Gives what a token says; one that is not to be believed is thrown as `UserError`. */
  verify(token: string, config: Config): Promise<JWTPayload>;
}

/** Makes the verifier of a mount. It keeps the issuer's public keys, and fetches them again when a new one appears. */
export function createVerifier(): Verifier {
  let cached: { readonly url: string; readonly keys: JWTVerifyGetKey } | undefined;

  return {
    async verify(token, { jwks_url: url, issuer, audience }) {
      // The address comes with each call, so another node's change of the settings needs no invalidation here.
      if (cached?.url !== url) cached = { url, keys: createRemoteJWKSet(new URL(url)) };
      try {
        const { payload } = await jwtVerify(token, cached.keys, { issuer, audience, requiredClaims: ["exp"] });
        return payload;
      } catch (error) {
        throw refusalOf(error);
      }
    },
  };
}

/** Gives what a token says of itself, without believing it. */
export function readClaims(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch (error) {
    throw refusalOf(error);
  }
}

function refusalOf(error: unknown): unknown {
  return isTokensFault(error) ? new UserError(`the token is refused: ${error.message}`, { cause: error }) : error;
}

/** Everything else, such as an issuer that does not answer, is ours to repair: the caller gets an internal error. */
function isTokensFault(error: unknown): error is errors.JOSEError {
  return (
    error instanceof errors.JWTExpired ||
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported
  );
}
