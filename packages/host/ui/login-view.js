import { element } from "./dom.js";
import { at, text } from "./json.js";
import { createSession, problemOf } from "./session.js";

/** @import { Session } from "./session.js" */

/**
 * Asks for a token, and calls back when the server knows it.
 *
 * @param {(session: Session, name: string) => void} signedIn
 * @returns {HTMLElement}
 */
export function loginView(signedIn) {
  const input = element("input", { id: "token", type: "password", required: true, autocomplete: "off" });
  const problem = element("p", { class: "bad", role: "alert" });
  const form = element(
    "form",
    { class: "login" },
    element("h1", { tabindex: "-1" }, "Sign in"),
    element("p", { class: "muted" }, "The server printed its root token when it started. It stays in this page only."),
    element("label", { for: "token" }, "Token"),
    input,
    element("button", { type: "submit" }, "Sign in"),
    problem,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const session = createSession(input.value.trim());
    const answer = await session.send({ method: "GET", path: "v1/auth/token/lookup-self" });
    if (answer.status === 200) return signedIn(session, text(at(answer.body, "data", "display_name")));
    problem.textContent = problemOf(answer);
    input.focus();
  });
  return form;
}
