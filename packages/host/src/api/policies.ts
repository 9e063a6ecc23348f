import { UserError } from "@vaultwright/core/launch";
import { decodedDocument, textField } from "./fields.ts";
import { type ApiCall, type ApiRoute, listOf, route } from "./route.ts";

/** The paths of policies, also under their old name `sys/policy`. */
export const policyRoutes: readonly ApiRoute[] = [
  route("policies/acl", "List the policies.", { list: ({ state }) => listOf(state.policies.list()) }),
  route("policies/acl/:name+", "Read, write and delete a policy.", {
    read: (call) => readPolicy(call, "policy"),
    update: writePolicy,
    delete: deletePolicy,
  }),
  route("policy", "List the policies.", { read: listOld, list: listOld }),
  route("policy/:name+", "Read, write and delete a policy.", {
    read: (call) => readPolicy(call, "rules"),
    update: writePolicy,
    delete: deletePolicy,
  }),
];

function listOld({ state }: ApiCall) {
  const names = state.policies.list();
  return { data: { keys: names, policies: names } };
}

function readPolicy({ state, params }: ApiCall, member: "policy" | "rules") {
  const name = (params["name"] ?? "").toLowerCase();
  const document = state.policies.read(name);
  return document === undefined ? undefined : { data: { name, [member]: document } };
}

function writePolicy({ state, params, data }: ApiCall): undefined {
  const given = textField(data, "policy") || textField(data, "rules");
  if (given === "") throw new UserError("'policy' parameter not supplied or empty");
  state.policies.write(params["name"] ?? "", decodedDocument(given));
  return undefined;
}

function deletePolicy({ state, params }: ApiCall): undefined {
  state.policies.delete(params["name"] ?? "");
  return undefined;
}
