/**
 * Reads JSON. Integers that JavaScript cannot hold keep their digits, and are written as they came.
 *
 * @param {string} text
 * @returns {unknown}
 */
export function parseJson(text) {
  return JSON.parse(text, exactInteger);
}

/**
 * @param {string} _key
 * @param {unknown} value
 * @param {{ readonly source?: string }} [context]
 * @returns {unknown}
 */
function exactInteger(_key, value, context) {
  const source = context?.source;
  const isExact = typeof value !== "number" || Number.isSafeInteger(value) || !Number.isInteger(value);
  return isExact || source === undefined ? value : JSON.rawJSON(source);
}

/**
 * Takes a value of JSON for an object; anything else is one without members.
 *
 * @param {unknown} value
 * @returns {Readonly<Record<string, unknown>>}
 */
export function object(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/**
 * Takes a value of JSON for a list; anything else is an empty one.
 *
 * @param {unknown} value
 * @returns {readonly unknown[]}
 */
export function list(value) {
  return Array.isArray(value) ? value : [];
}

/**
 * Takes a value of JSON for a text; anything else is an empty one.
 *
 * @param {unknown} value
 * @returns {string}
 */
export function text(value) {
  return typeof value === "string" ? value : "";
}

/**
 * Takes a value of JSON for a number; anything else is zero.
 *
 * @param {unknown} value
 * @returns {number}
 */
export function number(value) {
  return typeof value === "number" ? value : 0;
}

/**
 * Follows names into a value of JSON.
 *
 * @param {unknown} value
 * @param {...string} names
 * @returns {unknown}
 */
export function at(value, ...names) {
  return names.reduce((found, name) => object(found)[name], value);
}
