import { element } from "./dom.js";
import { milliseconds, size, timeOfDay } from "./format.js";
import { at, number, object, text } from "./json.js";

/**
 * Makes the row of a log line.
 *
 * @param {unknown} line
 * @returns {HTMLElement}
 */
export function lineRow(line) {
  const { mount, logger: _logger, ...fields } = object(at(line, "fields"));
  const level = text(at(line, "level"));
  const message = text(at(line, "message"));
  const isRequest = message === "request";
  const said = isRequest
    ? requestText(fields)
    : [message, ...Object.entries(fields).map(([name, value]) => `${name}=${value}`)];
  return element(
    "p",
    { class: "line", "data-mount": text(mount), "data-level": level },
    element("span", { class: "muted" }, timeOfDay(number(at(line, "timeMs")))),
    " ",
    element("span", { class: `level ${level}` }, level),
    " ",
    ...(text(mount) === "" || isRequest ? [] : [element("span", { class: "mount" }, text(mount))]),
    ...said.flatMap((part) => [" ", part]),
  );
}

/**
 * @param {Readonly<Record<string, unknown>>} fields
 * @returns {readonly (string | Node)[]}
 */
function requestText({ method, path, status, ms }) {
  const isGood = Number(status) < 400;
  return [text(method), text(path), element("span", { class: isGood ? "good" : "bad" }, text(status)), `in ${ms} ms`];
}

/**
 * Makes the row of a call between host and plugin; what a plugin calls is indented below what it was called for.
 *
 * @param {unknown} call
 * @returns {HTMLTableRowElement}
 */
export function callRow(call) {
  const service = text(at(call, "service"));
  const result = text(at(call, "result"));
  const bytes = at(call, "bytes");
  const isToPlugin = service === "backend";
  const details = [
    element("code", {}, text(at(call, "path"))),
    ...(typeof bytes === "number" ? [element("span", { class: "muted" }, size(bytes))] : []),
    ...(result === "ok" ? [] : [element("span", { class: "bad" }, result)]),
  ];
  return element(
    "tr",
    { "data-mount": text(at(call, "mount")), "data-id": String(number(at(call, "id"))) },
    element("td", { class: "muted" }, timeOfDay(number(at(call, "startedAtMs")))),
    element(
      "td",
      { class: isToPlugin ? "to-plugin" : "to-host" },
      element("span", { class: "mount" }, text(at(call, "mount"))),
      ` ${isToPlugin ? "" : `${service}.`}${text(at(call, "method"))} `,
      ...details.flatMap((detail) => [detail, " "]),
    ),
    element("td", { class: "number" }, milliseconds(number(at(call, "durationMs")))),
  );
}
