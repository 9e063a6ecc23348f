import type { GenerateIdentityTokenRequest, GenerateIdentityTokenResponse } from "../gen/pb/system-view.ts";
import type { IdentityToken, IdentityTokenRequest } from "../logical/system-view.ts";

/** Gives a wish for an identity token; here, unlike elsewhere, durations are seconds on the wire too. */
export function identityTokenRequestToWire({ audience, ttl }: IdentityTokenRequest): GenerateIdentityTokenRequest {
  return { audience, ttl: BigInt(Math.trunc(ttl)) };
}

/** Reads a wish for an identity token. */
export function identityTokenRequestFromWire({ audience, ttl }: GenerateIdentityTokenRequest): IdentityTokenRequest {
  return { audience, ttl: Number(ttl) };
}

/** Gives an identity token. */
export function identityTokenToWire({ token, ttl }: IdentityToken): GenerateIdentityTokenResponse {
  return { token, ttl: BigInt(Math.trunc(ttl)) };
}

/** Reads an identity token. */
export function identityTokenFromWire({ token, ttl }: GenerateIdentityTokenResponse): IdentityToken {
  return { token, ttl: Number(ttl) };
}
