import { button, element } from "./dom.js";
import { at, number } from "./json.js";
import { callRow, lineRow } from "./rows.js";

/** @import { Piece } from "./stream.js" */

const mostRows = 300;

/**
 * The log and the calls, as they come.
 *
 * @typedef {object} ActivityView
 * @property {readonly HTMLElement[]} elements
 * @property {(piece: Piece) => void} take
 * @property {() => void} clear
 * @property {(problem: string) => void} fail
 * @property {(mounts: readonly string[]) => void} offer Names the mounts that can be chosen.
 */

/**
 * Makes the view. Nothing in it is announced: it would never end.
 *
 * @returns {ActivityView}
 */
export function activityView() {
  const problem = element("p", { class: "bad" });
  const mount = element("select", {}, element("option", { value: "" }, "all mounts"));
  const details = element("input", { type: "checkbox" });
  const lines = element("div", { class: "lines", role: "log", "aria-live": "off", "aria-label": "Log", tabindex: "0" });
  const rows = element("tbody", {});
  const calls = element(
    "div",
    { class: "calls", role: "region", "aria-label": "Calls", tabindex: "0" },
    element("table", {}, callsHead(), rows),
  );

  /** @type {(row: HTMLElement) => void} */
  const showOrHide = (row) => {
    const { mount: of, level } = row.dataset;
    const isDetail = level === "debug" || level === "trace";
    row.hidden = (mount.value !== "" && of !== mount.value) || (isDetail && !details.checked);
  };
  const filter = () => {
    for (const row of [...lines.children, ...rows.children]) if (row instanceof HTMLElement) showOrHide(row);
  };
  mount.addEventListener("change", filter);
  details.addEventListener("change", filter);
  const clear = () => {
    lines.replaceChildren();
    rows.replaceChildren();
  };

  return {
    elements: [
      element(
        "div",
        { class: "filter" },
        element("label", {}, "Show ", mount),
        element("label", {}, details, " debug"),
        button("Clear", clear),
      ),
      problem,
      element("h2", {}, "Calls between host and plugins"),
      calls,
      element("h2", {}, "Log"),
      lines,
    ],
    clear() {
      problem.textContent = "";
      clear();
    },
    fail(text) {
      problem.textContent = text;
    },
    take(piece) {
      stayAtEnd(lines, () => {
        if (piece.missed > 0) lines.append(element("p", { class: "muted" }, `${piece.missed} more are not shown.`));
        for (const line of piece.lines) {
          const row = lineRow(line);
          showOrHide(row);
          lines.append(row);
        }
        dropOldest(lines);
      });
      stayAtEnd(calls, () => {
        for (const call of piece.calls) {
          const row = callRow(call);
          showOrHide(row);
          insertInOrder(rows, row, number(at(call, "id")));
        }
        dropOldest(rows);
      });
    },
    offer(mounts) {
      const chosen = mount.value;
      const [all, ...others] = mount.options;
      for (const option of others) option.remove();
      mount.append(...mounts.map((path) => element("option", {}, path)));
      mount.value = mounts.includes(chosen) ? chosen : (all?.value ?? "");
      filter();
    },
  };
}

/** @returns {HTMLElement} */
function callsHead() {
  const names = ["Time", "Call", "Took"];
  return element("thead", {}, element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name))));
}

/**
 * Calls come when they end, and are shown as they began: a request above what the plugin stored for it.
 *
 * @param {HTMLElement} rows
 * @param {HTMLElement} row
 * @param {number} id
 */
function insertInOrder(rows, row, id) {
  let before = rows.lastElementChild;
  while (before instanceof HTMLElement && Number(before.dataset["id"]) > id) before = before.previousElementSibling;
  if (before === null) rows.prepend(row);
  else before.after(row);
}

/** @param {HTMLElement} rows */
function dropOldest(rows) {
  while (rows.childElementCount > mostRows) rows.firstElementChild?.remove();
}

/**
 * Keeps the newest in sight of who looks at the newest, and nobody else's place.
 *
 * @param {HTMLElement} box
 * @param {() => void} change
 */
function stayAtEnd(box, change) {
  const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 20;
  change();
  if (isAtEnd) box.scrollTop = box.scrollHeight;
}
