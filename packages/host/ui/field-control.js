import { element } from "./dom.js";
import { parseJson } from "./json.js";

/** @import { Field } from "./openapi.js" */

/**
 * A field of a form.
 *
 * @typedef {object} FieldControl
 * @property {Field} field
 * @property {HTMLElement} row
 * @property {() => unknown} value Undefined where nothing was filled in. Throws a text where what was is nothing of the kind.
 */

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

let made = 0;

/**
 * Makes a label, a control and a description for a field.
 *
 * @param {Field} field
 * @returns {FieldControl}
 */
export function fieldControl(field) {
  made += 1;
  const id = `field-${made}`;
  const { name, isRequired, isDeprecated, description } = field;
  const describedBy = description === "" ? undefined : `${id}-description`;
  const control = controlOf(field, { id, name, required: isRequired, "aria-describedby": describedBy });
  const label = element("label", { for: id }, element("code", {}, name), " ", hintOf(field));
  const row = element("div", { class: isDeprecated ? "field deprecated" : "field" }, label, control);
  if (describedBy !== undefined) row.append(element("p", { id: describedBy, class: "muted" }, description));
  return { field, row, value: () => (control.value === "" ? undefined : typedValue(field, control.value)) };
}

/**
 * @param {Field} field
 * @returns {HTMLElement}
 */
function hintOf({ type, format, isRequired, isDeprecated }) {
  const notes = [format || type, isRequired && "required", isDeprecated && "deprecated"];
  return element("span", { class: "muted" }, notes.filter((note) => note !== false).join(", "));
}

/**
 * @param {Field} field
 * @param {Readonly<Record<string, string | boolean | undefined>>} attributes
 * @returns {Control}
 */
function controlOf({ type, choices, fallback, isSensitive }, attributes) {
  const placeholder = fallback === undefined ? undefined : written(fallback);
  const known = type === "boolean" ? [true, false] : choices;
  if (known.length > 0) {
    const none = placeholder === undefined ? "not sent" : `not sent (${placeholder})`;
    const options = known.map((choice) => element("option", {}, String(choice)));
    return element("select", attributes, element("option", { value: "" }, none), ...options);
  }
  if (type === "array" || type === "object") {
    const example = placeholder ?? (type === "array" ? "one in each line, or JSON" : '{"name": "value"}');
    return element("textarea", { ...attributes, placeholder: example, rows: "2", spellcheck: "false" });
  }
  return element("input", {
    ...attributes,
    placeholder,
    type: isSensitive ? "password" : "text",
    inputmode: type === "integer" ? "numeric" : undefined,
    autocomplete: "off",
    spellcheck: "false",
  });
}

/**
 * @param {unknown} value
 * @returns {string}
 */
function written(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * Makes of a text what the field takes. What is no number goes as it is: the plugin says what is wrong with it.
 *
 * @param {Field} field
 * @param {string} text
 * @returns {unknown}
 */
function typedValue({ name, type, place, choices }, text) {
  if (place !== "body") return text;
  switch (type) {
    case "boolean":
      return text === "true";
    case "integer":
    case "number":
      return numberOf(text);
    case "array":
      return /^\s*\[/.test(text) ? jsonOf(name, text) : text.split("\n").filter((line) => line.trim() !== "");
    case "object":
      return jsonOf(name, text);
    case "string":
      return choices.find((choice) => String(choice) === text) ?? text;
    default:
      return /** @satisfies {never} */ (type);
  }
}

/**
 * @param {string} text
 * @returns {unknown}
 */
function numberOf(text) {
  const number = Number(text);
  // A number that JavaScript cannot hold exactly goes as text, which servers take for a number, too.
  return Number.isNaN(number) || (Number.isInteger(number) && !Number.isSafeInteger(number)) ? text : number;
}

/**
 * Reads JSON that somebody wrote.
 *
 * @param {string} name
 * @param {string} text
 * @returns {unknown}
 */
export function jsonOf(name, text) {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new Error(`${name} is not JSON`, { cause });
  }
}
