import { element } from "./dom.js";
import { encodedPath } from "./request.js";

/** @import { Mount } from "./mounts.js" */

/**
 * Says where the view of a mount is.
 *
 * @param {string} path
 * @returns {string}
 */
export function mountLink(path) {
  return `#/mount/${encodedPath(path)}`;
}

/**
 * Shows what is mounted.
 *
 * @param {readonly Mount[]} mounts
 * @returns {HTMLElement}
 */
export function mountsView(mounts) {
  const names = ["Path", "Type", "Version", "Accessor", "Description"];
  const head = element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name)));
  return element(
    "div",
    { class: "view" },
    element("h1", { tabindex: "-1" }, "Mounts"),
    element(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Mounts" },
      element("table", {}, element("thead", {}, head), element("tbody", {}, ...mounts.map(mountRow))),
    ),
  );
}

/**
 * @param {Mount} mount
 * @returns {HTMLElement}
 */
function mountRow({ path, type, version, accessor, description, isPlugin }) {
  const name = element("code", {}, path);
  const linked = isPlugin ? element("a", { href: mountLink(path) }, name) : name;
  const cells = [type, version, element("code", {}, accessor), description];
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, linked),
    ...cells.map((cell) => element("td", { class: "muted" }, cell)),
  );
}
