import type { Operation } from "@vaultwright/core/launch";
import type { OpenApiOperation, OpenApiParts, OpenApiPath } from "./openapi-document.ts";
import type { ApiFields, ApiRoute } from "./route.ts";

const methodOf: ReadonlyMap<Operation, "get" | "post" | "patch" | "delete"> = new Map([
  ["read", "get"],
  ["update", "post"],
  ["patch", "patch"],
  ["delete", "delete"],
]);

/** Describes what the host itself has below a path, as plugins describe themselves. */
export function routesOpenApi(routes: readonly ApiRoute[]): OpenApiParts {
  return { paths: Object.fromEntries(routes.flatMap(pathsOf)), schemas: {} };
}

/** A list has a path of its own, with a slash at its end. */
function pathsOf({ path, summary, operations, fields }: ApiRoute): [path: string, item: OpenApiPath][] {
  const written = `/${path.replace(/:(\w+)\+?/g, "{$1}")}`;
  const parameters = [...path.matchAll(/:(\w+)\+?/g)].map(([, name = ""]) => pathParameter(name));
  const shared = { description: summary, ...(parameters.length > 0 && { parameters }) };
  const methods = [...methodOf].filter(([operation]) => operations[operation] !== undefined);
  const plain = Object.fromEntries(methods.map(([, method]) => [method, operationOf(summary, method, fields)]));
  return [
    ...(methods.length > 0 ? [[written, { ...shared, ...plain }] satisfies [string, OpenApiPath]] : []),
    ...(operations.list === undefined
      ? []
      : [
          [`${written.replace(/\/$/, "")}/`, { ...shared, get: listOperation(summary) }] satisfies [
            string,
            OpenApiPath,
          ],
        ]),
  ];
}

function pathParameter(name: string): object {
  return { name, in: "path", required: true, schema: { type: "string" } };
}

function operationOf(summary: string, method: string, fields: ApiFields): OpenApiOperation {
  const body = { content: { "application/json": { schema: bodySchema(fields) } } };
  const status = method === "delete" ? { 204: { description: "empty body" } } : { 200: { description: "OK" } };
  const isWrite = method === "post" || method === "patch";
  return { summary, ...(isWrite && { requestBody: body }), responses: status };
}

function bodySchema(fields: ApiFields): object {
  if (fields === "any") return { type: "object", additionalProperties: true };
  const properties = Object.entries(fields).map(([name, type]) => [name, { type }]);
  return { type: "object", ...(properties.length > 0 && { properties: Object.fromEntries(properties) }) };
}

function listOperation(summary: string): OpenApiOperation {
  const list = { name: "list", in: "query", required: true, schema: { type: "string", enum: ["true"] } };
  return { summary, parameters: [list], responses: { 200: { description: "OK" } } };
}
