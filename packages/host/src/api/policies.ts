import { UserError } from "@vaultwright/core/launch";
import type { HostResponse } from "../requests/context.ts";
import { decodedDocument, textField } from "./fields.ts";
import { type ApiCall, type ApiRoute, listOf, route } from "./route.ts";

/** The paths of policies, also under their old name `sys/policy`. */
export const policyRoutes: readonly ApiRoute[] = [
  route("policies/acl", "List the policies.", { list: ({ state }) => listOf(state.policies.list()) }),
  route(
    "policies/acl/:name+",
    "Read, write and delete a policy.",
    {
      read: (call) => readPolicy(call, "policy"),
      update: (call) => writePolicy(call, textField(call.data, "policy")),
      delete: deletePolicy,
    },
    { policy: "string" },
  ),
  route("policy", "List the policies.", { read: listOld, list: listOld }),
  route(
    "policy/:name+",
    "Read, write and delete a policy.",
    {
      read: (call) => readPolicy(call, "rules"),
      update: writeOld,
      delete: deletePolicy,
    },
    { policy: "string", rules: "string" },
  ),
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

/** The old path takes the old name of the document, too. */
function writeOld(call: ApiCall): HostResponse | undefined {
  const document = textField(call.data, "policy");
  const rules = textField(call.data, "rules");
  if (document !== "" || rules === "") return writePolicy(call, document);
  return writePolicy(call, rules, ["'rules' is deprecated, please use 'policy' instead"]);
}

function writePolicy(
  { state, params }: ApiCall,
  document: string,
  warnings: readonly string[] = [],
): HostResponse | undefined {
  if (document === "") throw new UserError("'policy' parameter not supplied or empty");
  const given = params["name"] ?? "";
  const name = given.toLowerCase();
  state.policies.write(name, decodedDocument(document));
  const told = given === name ? warnings : [`policy name was converted to ${name}`, ...warnings];
  return told.length === 0 ? undefined : { warnings: told };
}

function deletePolicy({ state, params }: ApiCall): undefined {
  state.policies.delete(params["name"] ?? "");
  return undefined;
}
