import { present } from "../../logical/present.ts";
import { own } from "../own.ts";
import type { Dialect, Places, Scope, Variant } from "./dialect.ts";
import type { DocumentedOperation, Parameter, PathItem } from "./document.ts";
import { parameterOf } from "./field-schema.ts";
import { askingFor, documentOperation } from "./operation.ts";
import { canCreate, parametersIn, pathItem } from "./path-item.ts";
import { ifTrue } from "./written.ts";

/** OpenBao's documents. */
export const openbao: Dialect = {
  kind: "openbao",
  title: "OpenBao API",
  description: "HTTP API that gives you full access to OpenBao. All API routes are prefixed with `/v1/`.",
  duration: { type: "integer", format: "seconds" },
  place,
  items,
};

/** Fields of the query are parameters of all operations, and in no body. */
function place({ path: { fields }, text }: Variant): Places {
  const inPath = parametersIn(text).filter((name) => own(fields, name));
  const rest = Object.entries(fields).filter(([name]) => !inPath.includes(name));
  const queried = rest.filter(([, { options }]) => options.query).map(([name]) => name);
  const shared = [...inPath, ...queried].flatMap((name) => {
    const field = own(fields, name);
    return field ? [parameterOf(name, field, field.options.query ? "query" : "path", openbao)] : [];
  });
  const body = rest.filter(([name]) => !queried.includes(name));
  return { shared: sortedByName(shared), queried: [], body: Object.fromEntries(body) };
}

function items(variant: Variant, scope: Scope): readonly (readonly [string, PathItem])[] {
  const { text } = variant;
  const places = openbao.place(variant);
  const { body } = places;
  const item: PathItem = present({
    ...pathItem(text, variant, places, scope),
    "x-vault-createSupported": ifTrue(canCreate(variant)),
    get: getOf(variant, scope),
    post: documentOperation("update", { body }, variant, scope),
    patch: documentOperation("patch", { body }, variant, scope),
    delete: documentOperation("delete", {}, variant, scope),
  });
  return [[`/${text}`, item]];
}

/** A read has room for the list and the scan of its path, which otherwise share the GET. */
function getOf(variant: Variant, scope: Scope): DocumentedOperation | undefined {
  const { operations } = variant.path;
  const names = (["list", "scan"] as const).filter((name) => operations.has(name));
  if (operations.has("read")) return documentOperation("read", { parameters: names.map(offering) }, variant, scope);
  const [first, second] = names;
  if (!first) return undefined;
  if (!second) {
    const parameters = [askingFor(first, "Must be set to `true`")];
    return documentOperation(first, { parameters }, variant, scope);
  }
  const parameters = [
    askingFor("scan", "Must be set to `true` or else `list` must be set to `true`"),
    askingFor("list", "Must be set to `true` or else `scan` must be set to `true`"),
  ];
  return documentOperation("list", { parameters }, variant, scope);
}

function offering(name: "list" | "scan"): Parameter {
  const description = name === "list" ? "Return a list if `true`" : "Return a recursive list if `true`";
  return { name, description, in: "query", schema: { type: "string" } };
}

function sortedByName(parameters: readonly Parameter[]): readonly Parameter[] {
  const key = ({ name }: Parameter) => name.toLowerCase();
  return parameters.toSorted((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b))));
}
