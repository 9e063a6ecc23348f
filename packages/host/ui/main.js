import { activityView } from "./activity-view.js";
import { button, byId, element } from "./dom.js";
import { leasesView } from "./leases-view.js";
import { loginView } from "./login-view.js";
import { mountView } from "./mount-view.js";
import { readMounts } from "./mounts.js";
import { mountLink, mountsView } from "./mounts-view.js";
import { followActivity } from "./stream.js";

/** @import { Mount } from "./mounts.js" */
/** @import { Session } from "./session.js" */

const [main, navigation, activity] = [byId("main"), byId("navigation"), byId("activity")];

signOut();

/** Forgets everything, the token with it. */
function signOut() {
  document.body.classList.remove("signed-in");
  byId("session").replaceChildren();
  for (const part of [navigation, activity]) {
    part.hidden = true;
    part.replaceChildren();
  }
  const login = loginView(start);
  main.replaceChildren(login);
  login.querySelector("input")?.focus();
}

/**
 * Shows the page to somebody who has signed in.
 *
 * @param {Session} session
 * @param {string} name
 */
async function start(session, name) {
  const leaving = new AbortController();
  const view = activityView();
  const leave = button("Sign out", () => {
    leaving.abort();
    signOut();
  });
  document.body.classList.add("signed-in");
  byId("session").replaceChildren(element("span", { class: "muted" }, name), " ", leave);
  activity.replaceChildren(...view.elements);
  activity.hidden = false;
  navigation.hidden = false;

  const offer = (/** @type {readonly Mount[]} */ plugins) => view.offer(plugins.map(({ path }) => path));
  const show = showView(session, offer, leaving.signal);
  addEventListener("hashchange", show, { signal: leaving.signal });
  await show();
  await followActivity(session, { begin: view.clear, take: view.take, fail: view.fail }, leaving.signal);
}

/**
 * Makes what shows the view that the address names.
 *
 * @param {Session} session
 * @param {(plugins: readonly Mount[]) => void} found
 * @param {AbortSignal} leaving
 * @returns {() => Promise<void>}
 */
function showView(session, found, leaving) {
  let left = new AbortController();
  return async () => {
    left.abort();
    left = new AbortController();
    const signal = AbortSignal.any([left.signal, leaving]);
    try {
      const mounts = await readMounts(session);
      const plugins = mounts.filter(({ isPlugin }) => isPlugin);
      found(plugins);
      showNavigation(plugins);
      const view = await viewOf(session, mounts, signal);
      // Somebody who is quick has gone on meanwhile.
      if (!signal.aborted) present(view);
    } catch (error) {
      if (!signal.aborted)
        present(element("p", { class: "bad", role: "alert" }, error instanceof Error ? error.message : String(error)));
    }
  };
}

/**
 * @param {Session} session
 * @param {readonly Mount[]} mounts
 * @param {AbortSignal} signal
 * @returns {Promise<HTMLElement>}
 */
async function viewOf(session, mounts, signal) {
  if (location.hash === "#/leases") return leasesView(session, signal);
  const mount = mounts.find(({ path }) => location.hash === mountLink(path));
  return mount === undefined ? mountsView(mounts) : mountView(session, mount);
}

/** @param {HTMLElement} view */
function present(view) {
  main.replaceChildren(view);
  const title = view.querySelector("h1");
  document.title = title === null ? "Vaultwright" : `${title.textContent} · Vaultwright`;
  // Whoever does not see the page hears where it went.
  title?.focus();
}

/** @param {readonly Mount[]} plugins */
function showNavigation(plugins) {
  const current = location.hash || "#/";
  const link = (/** @type {string} */ href, /** @type {string | Node} */ name) =>
    element("li", {}, element("a", { href, "aria-current": current === href ? "page" : undefined }, name));
  navigation.replaceChildren(
    element("ul", {}, link("#/", "Mounts"), link("#/leases", "Leases")),
    element("h2", {}, "Plugins"),
    element("ul", {}, ...plugins.map(({ path }) => link(mountLink(path), element("code", {}, path)))),
  );
}
