import { at, list, object, text } from "./json.js";

/**
 * What can be filled in.
 *
 * @typedef {object} Field
 * @property {string} name
 * @property {"path" | "query" | "header" | "body"} place
 * @property {"string" | "integer" | "number" | "boolean" | "array" | "object"} type
 * @property {string} format Says more of the type, for instance `duration`.
 * @property {boolean} isRequired
 * @property {boolean} isSensitive
 * @property {boolean} isDeprecated
 * @property {string} description
 * @property {readonly unknown[]} choices Empty where any value is possible.
 * @property {unknown} fallback What the plugin takes where nothing is sent.
 */

/**
 * What can be done with a path.
 *
 * @typedef {object} Operation
 * @property {"GET" | "LIST" | "SCAN" | "POST" | "PATCH" | "DELETE"} method
 * @property {string} verb
 * @property {string} summary
 * @property {boolean} isDeprecated
 * @property {boolean} takesBody
 * @property {readonly Field[]} fields
 */

/**
 * A path of a plugin, with its parameters in braces.
 *
 * @typedef {object} PluginPath
 * @property {string} path
 * @property {string} description
 * @property {boolean} needsSudo
 * @property {boolean} needsNoToken
 * @property {readonly Operation[]} operations
 */

/**
 * Reads the paths of a plugin's OpenAPI document.
 *
 * @param {unknown} document
 * @returns {PluginPath[]}
 */
export function pathsOf(document) {
  return Object.entries(object(at(document, "paths"))).map(([path, item]) => ({
    path: path.replace(/^\//, ""),
    description: text(at(item, "description")),
    needsSudo: at(item, "x-vault-sudo") === true,
    needsNoToken: at(item, "x-vault-unauthenticated") === true,
    operations: operationsOf(document, item),
  }));
}

/**
 * @param {unknown} document
 * @param {unknown} item
 * @returns {Operation[]}
 */
function operationsOf(document, item) {
  const shared = list(at(item, "parameters"));
  /** @type {(name: string, method: Operation["method"], verb: string, hidden?: readonly string[]) => Operation[]} */
  const make = (name, method, verb, hidden = []) => {
    const operation = at(item, name);
    if (operation === undefined) return [];
    const parameters = [...shared, ...list(at(operation, "parameters"))].map(parameterField);
    return [
      {
        method,
        verb,
        summary: text(at(operation, "summary")) || text(at(operation, "description")),
        isDeprecated: at(operation, "deprecated") === true,
        takesBody: name === "post" || name === "patch",
        fields: [...parameters.filter((field) => !hidden.includes(field.name)), ...bodyFields(document, operation)],
      },
    ];
  };
  return [
    ...readsOf(item).flatMap(([, method, verb]) => make("get", method, verb, ["list", "scan"])),
    ...make("post", "POST", "Write"),
    ...make("patch", "PATCH", "Patch"),
    ...make("delete", "DELETE", "Delete"),
  ];
}

/**
 * Tells what a GET stands for: a query that it must have makes it a list, one that it may have makes it two operations.
 *
 * @param {unknown} item
 * @returns {(readonly [isThere: boolean, method: "GET" | "LIST" | "SCAN", verb: string])[]}
 */
function readsOf(item) {
  const queries = list(at(item, "get", "parameters")).filter((parameter) => at(parameter, "in") === "query");
  const named = (/** @type {string} */ name) => queries.find((parameter) => at(parameter, "name") === name);
  const [listing, scanning] = [named("list"), named("scan")];
  const isOnlyThat = [listing, scanning].some((parameter) => at(parameter, "required") === true);
  /** @type {ReturnType<typeof readsOf>} */
  const all = [
    [!isOnlyThat, "GET", "Read"],
    [listing !== undefined, "LIST", "List"],
    [scanning !== undefined, "SCAN", "Scan"],
  ];
  return all.filter(([isThere]) => isThere);
}

/** @type {readonly Field["place"][]} */
const parameterPlaces = ["path", "query", "header"];

/**
 * @param {unknown} parameter
 * @returns {Field}
 */
function parameterField(parameter) {
  const place = parameterPlaces.find((each) => each === at(parameter, "in")) ?? "query";
  const schema = { ...object(at(parameter, "schema")), description: at(parameter, "description") };
  const name = text(at(parameter, "name"));
  return fieldOf(name, schema, { place, isRequired: place === "path" || at(parameter, "required") === true });
}

/**
 * @param {unknown} document
 * @param {unknown} operation
 * @returns {Field[]}
 */
function bodyFields(document, operation) {
  const content = object(at(operation, "requestBody", "content"));
  const schema = resolved(document, at(Object.values(content)[0], "schema"));
  const required = list(at(schema, "required"));
  return Object.entries(object(at(schema, "properties"))).map(([name, property]) =>
    fieldOf(name, property, { place: "body", isRequired: required.includes(name) }),
  );
}

/**
 * @param {unknown} document
 * @param {unknown} schema
 * @returns {unknown}
 */
function resolved(document, schema) {
  const reference = text(at(schema, "$ref"));
  if (reference === "") return schema;
  return at(document, ...reference.replace(/^#\//, "").split("/"));
}

/**
 * @param {string} name
 * @param {unknown} schema
 * @param {Pick<Field, "place" | "isRequired">} use
 * @returns {Field}
 */
function fieldOf(name, schema, use) {
  const choices = list(at(schema, "enum"));
  return {
    name,
    ...use,
    type: typeOf(at(schema, "type")),
    format: text(at(schema, "format")),
    isSensitive: at(schema, "x-vault-displayAttrs", "sensitive") === true,
    isDeprecated: at(schema, "deprecated") === true,
    description: text(at(schema, "description")),
    choices,
    fallback: at(schema, "default"),
  };
}

/** @type {readonly Field["type"][]} */
const types = ["string", "integer", "number", "boolean", "array", "object"];

/**
 * @param {unknown} value
 * @returns {Field["type"]}
 */
function typeOf(value) {
  return types.find((type) => type === value) ?? "string";
}
