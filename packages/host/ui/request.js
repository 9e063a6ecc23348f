import { mergePatch } from "./session.js";

/** @import { Field, Operation, PluginPath } from "./openapi.js" */
/** @import { Call } from "./session.js" */

/**
 * What somebody filled in, by the names of the fields. What was left empty is not in it.
 *
 * @typedef {ReadonlyMap<Field, unknown>} Values
 */

/**
 * Makes the call of an operation.
 *
 * @param {object} parts
 * @param {string} parts.mount
 * @param {PluginPath} parts.path
 * @param {Operation} parts.operation
 * @param {Values} parts.values
 * @param {Readonly<Record<string, unknown>>} parts.others Members of the body that the plugin does not describe.
 * @returns {Call}
 */
export function callOf({ mount, path, operation, values, others }) {
  const texts = (/** @type {Field["place"]} */ place) =>
    Object.fromEntries(placed(values, place).map(([name, value]) => [name, String(value)]));
  const query = new URLSearchParams(texts("query"));
  const headers = texts("header");
  const parameters = new Map(placed(values, "path"));
  const filled = path.path.replace(/\{([^}]+)\}/g, (braces, /** @type {string} */ name) =>
    parameters.has(name) ? encodedPath(String(parameters.get(name))) : braces,
  );
  const search = query.size === 0 ? "" : `?${query}`;
  return {
    method: operation.method,
    path: `v1/${encodedPath(mount)}${filled}${search}`,
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(operation.takesBody && { body: { ...Object.fromEntries(placed(values, "body")), ...others } }),
    ...(path.needsNoToken && { isWithoutToken: true }),
  };
}

/**
 * Writes a call as a command for a shell. The token stays in its variable, and so does what the plugin calls sensitive.
 *
 * @param {string} origin
 * @param {Call} call
 * @param {readonly string[]} sensitive Members of the body whose values are taken from variables of these names.
 * @returns {string}
 */
export function curlOf(origin, { method, path, headers = {}, body, isWithoutToken = false }, sensitive) {
  const parts = [
    "curl -sS",
    ...(method === "GET" || (method === "POST" && body !== undefined) ? [] : [`-X ${method}`]),
    ...(isWithoutToken ? [] : ['-H "X-Vault-Token: $VAULT_TOKEN"']),
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(method === "PATCH" ? [`-H 'Content-Type: ${mergePatch}'`] : []),
    ...(body === undefined ? [] : [`-d ${bodyArgument(body, sensitive)}`]),
    quoted(`${origin}/${path}`),
  ];
  return parts.join(" \\\n  ");
}

/**
 * @param {unknown} body
 * @param {readonly string[]} sensitive
 * @returns {string}
 */
function bodyArgument(body, sensitive) {
  const json = JSON.stringify(body, (name, value) => (sensitive.includes(name) ? `\0${name}\0` : value));
  // Between zero characters, which nobody types, JSON writes the name as an escape that is easy to find.
  return quoted(json).replace(/\\u0000([\w-]+)\\u0000/g, (found, /** @type {string} */ name) =>
    sensitive.includes(name) ? `'"$${name.toUpperCase().replaceAll("-", "_")}"'` : found,
  );
}

/**
 * @param {Values} values
 * @param {Field["place"]} place
 * @returns {[name: string, value: unknown][]}
 */
function placed(values, place) {
  return [...values].filter(([field]) => field.place === place).map(([field, value]) => [field.name, value]);
}

/**
 * Writes a path as it stands in an address. Its slashes stay.
 *
 * @param {string} path
 * @returns {string}
 */
export function encodedPath(path) {
  return path.split("/").map(encodeURIComponent).join("/");
}

/**
 * @param {string} text
 * @returns {string}
 */
function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
