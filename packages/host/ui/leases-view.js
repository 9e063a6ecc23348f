import { announce, button, element } from "./dom.js";
import { duration } from "./format.js";
import { at, list, number, text } from "./json.js";
import { problemOf } from "./session.js";

/** @import { Session } from "./session.js" */

const refreshMs = 5000;

/**
 * A row of the table, which stays the same element as long as the lease lives, so that its buttons keep the focus.
 *
 * @typedef {object} Row
 * @property {HTMLTableRowElement} row
 * @property {(lease: unknown) => void} update
 * @property {() => void} tick
 */

/**
 * Shows the leases with their remaining time, until `signal` says that nobody looks any more.
 *
 * @param {Session} session
 * @param {AbortSignal} signal
 * @returns {Promise<HTMLElement>}
 */
export async function leasesView(session, signal) {
  /** @type {Map<string, Row>} */
  const rows = new Map();
  const title = element("h1", { tabindex: "-1" }, "Leases");
  const note = element("p", { class: "muted" });
  const problem = element("p", { class: "bad" });
  const body = element("tbody", {});
  const names = ["Lease", "Kind", "Remaining", "Actions"];
  const head = element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name)));

  const refresh = async () => {
    const answer = await session.send({ method: "GET", path: "ui/api/leases" });
    problem.textContent = answer.status === 200 ? "" : problemOf(answer);
    const leases = list(at(answer.body, "leases"));
    const ids = new Set(leases.map((lease) => text(at(lease, "id"))));
    for (const [id, { row }] of rows) {
      if (ids.has(id)) continue;
      // A button that goes away must not take the focus with it.
      if (row.contains(document.activeElement)) title.focus();
      row.remove();
      rows.delete(id);
    }
    for (const lease of leases) {
      const id = text(at(lease, "id"));
      const row = rows.get(id) ?? leaseRow(id, act);
      rows.set(id, row);
      row.update(lease);
      if (!row.row.isConnected) body.append(row.row);
    }
    const count = number(at(answer.body, "count"));
    note.textContent = count > leases.length ? `${count} leases; these end first.` : `${count || "No"} leases.`;
  };

  /** @type {(action: string, id: string, body: object) => Promise<void>} */
  const act = async (action, id, more) => {
    const answer = await session.send({
      method: "POST",
      path: `v1/sys/leases/${action}`,
      body: { lease_id: id, ...more },
    });
    announce(answer.status < 300 ? `${action === "renew" ? "Renewed" : "Revoked"} ${id}.` : problemOf(answer));
    await refresh();
    if (answer.status >= 300) problem.textContent = problemOf(answer);
  };

  const timers = [
    setInterval(refresh, refreshMs),
    setInterval(() => {
      for (const { tick } of rows.values()) tick();
    }, 1000),
  ];
  signal.addEventListener("abort", () => timers.forEach(clearInterval), { once: true });
  await refresh();
  return element(
    "div",
    { class: "view" },
    title,
    note,
    problem,
    element(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Leases" },
      element("table", {}, element("thead", {}, head), body),
    ),
  );
}

/**
 * @param {string} id
 * @param {(action: string, id: string, body: object) => Promise<void>} act
 * @returns {Row}
 */
function leaseRow(id, act) {
  const kind = element("td", { class: "muted" });
  const remaining = element("td", { class: "number" });
  const renew = button("Renew", () => act("renew", id, {}), { "aria-label": `Renew ${id}` });
  const revoke = button("Revoke", () => act("revoke", id, { sync: true }), { "aria-label": `Revoke ${id}` });
  let endsAt = 0;
  const tick = () => {
    remaining.textContent = duration(Math.max(0, Math.round((endsAt - performance.now()) / 1000)));
  };
  return {
    row: element(
      "tr",
      {},
      element("th", { scope: "row", class: "lease" }, element("code", {}, id)),
      kind,
      remaining,
      element("td", { class: "actions" }, renew, revoke),
    ),
    tick,
    update(lease) {
      const irrevocable = text(at(lease, "irrevocable"));
      kind.textContent = irrevocable === "" ? text(at(lease, "kind")) : `irrevocable: ${irrevocable}`;
      renew.disabled = at(lease, "isRenewable") !== true;
      endsAt = performance.now() + number(at(lease, "secondsLeft")) * 1000;
      tick();
    },
  };
}
