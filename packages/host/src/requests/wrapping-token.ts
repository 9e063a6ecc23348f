import { LogicalError } from "@vaultwright/core/launch";
import { wrappingPolicyName } from "../policies/policy-store.ts";
import type { HostState } from "../state.ts";
import { isSigned } from "../tokens/signed-tokens.ts";
import { findToken } from "./caller.ts";
import type { HostRequest } from "./context.ts";
import { Failure } from "./failure.ts";

const paths = new Set(["sys/wrapping/lookup", "sys/wrapping/rewrap", "sys/wrapping/unwrap"]);

/**
 * Checks the wrapping token of a request that is about one, before anything else of the request is looked at, and puts the
 * token itself in the place of a signed one. It comes in the body, or else as the token of the request.
 */
export function withWrappingToken(state: HostState, request: HostRequest): HostRequest {
  if (!paths.has(request.path)) return request;
  const inBody = request.data?.["token"] ?? undefined;
  const id = tokenItself(state, inBody === undefined ? (request.token ?? "") : textInBody(inBody));
  if (id === "") return refuse("token is empty");
  const token = findToken(state, id);
  // While the only use of a token is made, nobody else has it.
  if (token === undefined || token.numUses < 0 || token.policies.join() !== wrappingPolicyName)
    throw new Failure(400, ["wrapping token is not valid or does not exist"]);
  return inBody === undefined ? { ...request, token: id } : { ...request, data: { ...request.data, token: id } };
}

function textInBody(token: unknown): string {
  if (typeof token !== "string") return refuse("could not decode token in request body");
  return token === "" ? refuse("empty token in request body") : token;
}

function tokenItself({ signedTokens }: HostState, text: string): string {
  if (!isSigned(text)) return text;
  try {
    return signedTokens.open(text);
  } catch (thrown) {
    return refuse(LogicalError.from(thrown).message);
  }
}

function refuse(problem: string): never {
  throw new Failure(403, [`error validating wrapping token: ${problem}`]);
}
