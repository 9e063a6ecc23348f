import { element } from "./dom.js";
import { at, text } from "./json.js";
import { pathsOf } from "./openapi.js";
import { operationView } from "./operation-view.js";
import { encodedPath } from "./request.js";
import { problemOf } from "./session.js";

/** @import { Mount } from "./mounts.js" */
/** @import { PluginPath } from "./openapi.js" */
/** @import { Session } from "./session.js" */

/**
 * Shows a mount: what it is, what the plugin says of itself, and all its paths with what can be done with them.
 *
 * @param {Session} session
 * @param {Mount} mount
 * @returns {Promise<HTMLElement>}
 */
export async function mountView(session, mount) {
  const title = element("h1", { tabindex: "-1" }, element("code", {}, mount.path));
  const help = await session.send({ method: "GET", path: `v1/${encodedPath(mount.path)}?help=1` });
  if (help.status !== 200)
    return element("div", { class: "view" }, title, facts(mount), element("p", { class: "bad" }, problemOf(help)));
  const paths = pathsOf(at(help.body, "openapi"));
  const sections = paths.map((path) => ({ path, section: pathSection(session, mount, path) }));
  return element(
    "div",
    { class: "view" },
    title,
    facts(mount),
    helpView(text(at(help.body, "help"))),
    paths.length === 0 ? element("p", {}, "The plugin describes no paths.") : filterFor(sections),
    ...sections.map(({ section }) => section),
  );
}

/**
 * @param {Mount} mount
 * @returns {HTMLElement}
 */
function facts({ type, version, accessor, uuid, options, description }) {
  const shown = Object.entries({
    Plugin: [type, version].join(" "),
    Description: description,
    Accessor: accessor,
    UUID: uuid,
    Options: Object.entries(options)
      .map(([name, value]) => `${name}=${value}`)
      .join(", "),
  });
  const pairs = shown.filter(([, value]) => value.trim() !== "");
  return element(
    "dl",
    { class: "facts" },
    ...pairs.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value))),
  );
}

/**
 * @param {string} help
 * @returns {HTMLElement}
 */
function helpView(help) {
  return element(
    "details",
    { class: "help" },
    element("summary", {}, "The plugin's own help"),
    element("pre", { tabindex: "0", "aria-label": "Help" }, help.trim()),
  );
}

/**
 * @param {Session} session
 * @param {Mount} mount
 * @param {PluginPath} path
 * @returns {HTMLElement}
 */
function pathSection(session, mount, path) {
  const badges = [path.needsNoToken && "no token", path.needsSudo && "sudo"];
  const title = element(
    "h2",
    {},
    element("code", {}, element("span", { class: "muted" }, mount.path), path.path),
    ...badges.flatMap((badge) => (badge === false ? [] : [" ", element("span", { class: "badge" }, badge)])),
  );
  const operations = path.operations.map((operation) => operationView(session, { mount: mount.path, path, operation }));
  return element("section", { class: "path" }, title, element("p", {}, path.description), ...operations);
}

/**
 * @param {readonly { readonly path: PluginPath, readonly section: HTMLElement }[]} sections
 * @returns {HTMLElement}
 */
function filterFor(sections) {
  const input = element("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  const count = element("span", { class: "muted", role: "status" });
  const filter = () => {
    const wanted = input.value.toLowerCase();
    for (const { path, section } of sections)
      section.hidden = !`${path.path} ${path.description}`.toLowerCase().includes(wanted);
    count.textContent = `${sections.filter(({ section }) => !section.hidden).length} of ${sections.length} paths`;
  };
  input.addEventListener("input", filter);
  filter();
  return element("div", { class: "filter" }, element("label", {}, "Find a path ", input), count);
}
