import { present } from "../../logical/present.ts";
import { own } from "../own.ts";
import type { Dialect, Places, Scope, Variant } from "./dialect.ts";
import type { DocumentedOperation, Parameter, PathItem } from "./document.ts";
import { parameterOf } from "./field-schema.ts";
import { askingFor, documentOperation } from "./operation.ts";
import { canCreate, parametersIn, pathItem } from "./path-item.ts";
import { isSpecial } from "./special-path.ts";
import { ifTrue } from "./written.ts";

/** Vault's documents. */
export const vault: Dialect = {
  kind: "vault",
  title: "HashiCorp Vault API",
  description: "HTTP API that gives you full access to Vault. All API routes are prefixed with `/v1/`.",
  duration: { type: "string", format: "duration" },
  place,
  items,
};

/** A parameter that only other paths of the pattern have is nowhere; a field of the query is also one of bodies. */
function place({ path: { fields }, text, expansion }: Variant): Places {
  const shared = parametersIn(text).flatMap((name) => {
    const field = own(fields, name);
    return field ? [parameterOf(name, field, "path", vault)] : [];
  });
  const rest = Object.entries(fields).filter(([name]) => !expansion?.parameters.has(name));
  const queried = rest.filter(([, { options }]) => options.query);
  return {
    shared: sorted(shared),
    queried: queried.map(([name, field]) => parameterOf(name, field, "query", vault)),
    body: Object.fromEntries(rest),
  };
}

/** A list has a path of its own, which ends in a slash. */
function items(variant: Variant, scope: Scope): readonly (readonly [string, PathItem])[] {
  const { text } = variant;
  const places = vault.place(variant);
  const methods = reachable(methodsOf(variant, places, scope), text, scope);
  const list = listOf(variant, places, scope);
  const item: PathItem = present({
    ...pathItem(text, variant, places, scope),
    "x-vault-createSupported": ifTrue(canCreate(variant)),
    ...methods,
  });
  const withSlash = text.replace(/\/?$/, "/");
  return [
    ...(list && Object.keys(methods).length === 0 ? [] : [[`/${text}`, item] as const]),
    ...(list ? [[`/${withSlash}`, { ...pathItem(withSlash, variant, places, scope), get: list }] as const] : []),
  ];
}

type Methods = Pick<PathItem, "get" | "post" | "patch" | "delete">;

function methodsOf(variant: Variant, { shared, queried, body }: Places, scope: Scope): Methods {
  const recovery = variant.path.operations.has("recover") ? recoveryParameters(shared.length > 0) : [];
  return present({
    get: documentOperation("read", { parameters: reading(queried, variant, scope) }, variant, scope),
    post: documentOperation("update", { parameters: recovery, body }, variant, scope),
    patch: documentOperation("patch", { body }, variant, scope),
    delete: documentOperation("delete", { parameters: sorted(queried) }, variant, scope),
  });
}

function listOf(variant: Variant, { queried }: Places, scope: Scope): DocumentedOperation | undefined {
  const asked = askingFor("list", "Must be set to `true`");
  return documentOperation("list", { parameters: reading([asked, ...queried], variant, scope) }, variant, scope);
}

/** Hosts let nothing but a list through to a path that ends in a slash. */
function reachable(methods: Methods, text: string, { log }: Scope): Methods {
  if (!text.endsWith("/") || Object.keys(methods).length === 0) return methods;
  log.warn("openapi leaves out operations, since only a list can reach a path that ends in a slash", { path: text });
  return {};
}

function reading(parameters: readonly Parameter[], { text }: Variant, { specialPaths }: Scope): readonly Parameter[] {
  return sorted(isSpecial(text, specialPaths.allowSnapshotRead) ? [...parameters, snapshot] : parameters);
}

const snapshot: Parameter = {
  name: "read_snapshot_id",
  description: "Targets the read operation to the provided loaded snapshot Id",
  in: "query",
  schema: { type: "string" },
};

function recoveryParameters(hasParameters: boolean): readonly Parameter[] {
  const description =
    "Triggers a recover operation using the given snapshot ID. Request body is ignored when a recover operation is requested.";
  const source =
    "The source path to recover from. Only used if a snapshot ID is also supplied. If not specified, the source path is assumed to be the same as the request path.";
  const schema = { type: "string" };
  return [
    { name: "recover_snapshot_id", description, in: "query", schema, deprecated: true },
    { name: "X-Vault-Recover-Snapshot-Id", description, in: "header", schema },
    ...(hasParameters
      ? [{ name: "X-Vault-Recover-Source-Path", description: source, in: "header", schema } as const]
      : []),
  ];
}

function sorted(parameters: readonly Parameter[]): readonly Parameter[] {
  return parameters.toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
}
