import { announce, button, element } from "./dom.js";
import { fieldControl, jsonOf } from "./field-control.js";
import { milliseconds } from "./format.js";
import { object } from "./json.js";
import { callOf, curlOf } from "./request.js";

/** @import { Operation, PluginPath } from "./openapi.js" */
/** @import { Answer, Call, Session } from "./session.js" */

/**
 * Makes what opens to call an operation: the form, the equal command, and the answer.
 *
 * @param {Session} session
 * @param {{ readonly mount: string, readonly path: PluginPath, readonly operation: Operation }} what
 * @returns {HTMLElement}
 */
export function operationView(session, { mount, path, operation }) {
  const { method, verb, summary, isDeprecated } = operation;
  const view = element(
    "details",
    { name: "operation", class: "operation" },
    element(
      "summary",
      {},
      element("span", { class: `method ${method}` }, method),
      ` ${verb}`,
      ...(summary === "" ? [] : [element("span", { class: "muted" }, ` ${summary}`)]),
      ...(isDeprecated ? [element("span", { class: "badge" }, "deprecated")] : []),
    ),
  );
  // A plugin may have hundreds of operations, and few are opened.
  view.addEventListener("toggle", () => view.append(operationForm(session, { mount, path, operation })), {
    once: true,
  });
  return view;
}

/**
 * @param {Session} session
 * @param {{ readonly mount: string, readonly path: PluginPath, readonly operation: Operation }} what
 * @returns {HTMLElement}
 */
function operationForm(session, { mount, path, operation }) {
  const controls = operation.fields.map(fieldControl);
  const isDescribed = operation.fields.some(({ place }) => place === "body");
  const others = operation.takesBody ? otherFields(isDescribed ? "Other members of the body" : "Body") : undefined;
  const sensitive = operation.fields.filter(({ isSensitive }) => isSensitive).map(({ name }) => name);
  const command = element("code", {});
  const answer = element("div", { class: "answer" });
  const send = element("button", { type: "submit" }, "Send");
  const form = element(
    "form",
    {},
    ...controls.map(({ row }) => row),
    ...(others === undefined ? [] : [others.row]),
    send,
  );

  const readCall = () => {
    const filled = controls.map((control) => /** @type {const} */ ([control.field, control.value()]));
    const values = new Map(filled.filter(([, value]) => value !== undefined));
    return callOf({ mount, path, operation, values, others: others?.value() ?? {} });
  };
  const showCommand = () => {
    try {
      command.textContent = curlOf(location.origin, readCall(), sensitive);
    } catch (error) {
      command.textContent = String(error instanceof Error ? error.message : error);
    }
  };
  form.addEventListener("input", showCommand);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    send.disabled = true;
    answer.replaceChildren(await outcomeOf(session, readCall));
    send.disabled = false;
    send.focus();
  });
  showCommand();
  const copy = button("Copy", () => {
    const copying = navigator.clipboard.writeText(command.textContent);
    copying.then(
      () => announce("Copied."),
      () => announce("The browser does not allow it."),
    );
  });
  const equal = element(
    "div",
    { class: "command" },
    element("pre", { tabindex: "0", "aria-label": "curl" }, command),
    copy,
  );
  return element("div", { class: "call" }, form, equal, answer);
}

/**
 * @param {Session} session
 * @param {() => Call} readCall
 * @returns {Promise<HTMLElement>}
 */
async function outcomeOf(session, readCall) {
  try {
    const answer = await session.send(readCall());
    announce(`Answered with ${answer.status}.`);
    return answerView(answer);
  } catch (error) {
    return element("p", { class: "bad", role: "alert" }, error instanceof Error ? error.message : String(error));
  }
}

/**
 * @param {Answer} answer
 * @returns {HTMLElement}
 */
function answerView({ status, ms, text, body }) {
  const shown = body === undefined ? text : JSON.stringify(body, undefined, 2);
  const quality = status < 300 ? "good" : "bad";
  const line = element("p", {}, element("strong", { class: quality }, String(status)), ` in ${milliseconds(ms)}`);
  if (shown === "") return element("div", {}, line);
  return element("div", {}, line, element("pre", { tabindex: "0", "aria-label": "Answer" }, shown));
}

/**
 * @param {string} name
 * @returns {{ readonly row: HTMLElement, value(): Readonly<Record<string, unknown>> }}
 */
function otherFields(name) {
  const input = element("textarea", { rows: "2", spellcheck: "false", placeholder: '{"name": "value"}' });
  const label = element("label", {}, name, element("span", { class: "muted" }, "JSON"), input);
  return {
    row: element("div", { class: "field" }, label),
    value: () => (input.value.trim() === "" ? {} : bodyOf(input.value)),
  };
}

/**
 * @param {string} text
 * @returns {Readonly<Record<string, unknown>>}
 */
function bodyOf(text) {
  const value = jsonOf("the body", text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("the body is no object");
  return object(value);
}
