import { BadRequest, CodedError } from "@vaultwright/core/launch";
import { decodedDocument, textField } from "./fields.ts";
import { type ApiCall, type ApiRoute, listOf, route } from "./route.ts";

/** The paths of the policies that passwords are made by. */
export const passwordPolicyRoutes: readonly ApiRoute[] = [
  route("policies/password", "List the password policies.", {
    list: ({ state }) => listOf(state.passwordPolicies.list()),
  }),
  route("policies/password/:name+/generate", "Make a password by a policy.", { read: generate }),
  route(
    "policies/password/:name+",
    "Read, write and delete a password policy.",
    {
      read: (call) => ({ data: { policy: documentOf(call) } }),
      update: write,
      delete: remove,
    },
    { entropy_source: "string", policy: "string" },
  ),
];

function documentOf({ state, params }: ApiCall): string {
  const document = state.passwordPolicies.read(params["name"] ?? "");
  if (document === undefined) throw new CodedError(404, "policy does not exist");
  return document;
}

function generate(call: ApiCall) {
  documentOf(call);
  return { data: { password: call.state.passwordPolicies.generate(call.params["name"] ?? "") } };
}

function write({ state, params, data }: ApiCall): undefined {
  const given = textField(data, "policy");
  if (given === "") throw new BadRequest("missing policy");
  state.passwordPolicies.write(params["name"] ?? "", decodedDocument(given));
}

function remove({ state, params }: ApiCall): undefined {
  state.passwordPolicies.delete(params["name"] ?? "");
}
