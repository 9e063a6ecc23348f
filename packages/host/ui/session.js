import { at, list, parseJson } from "./json.js";

/**
 * What is sent.
 *
 * @typedef {object} Call
 * @property {string} method
 * @property {string} path Below the server's address, without a leading slash.
 * @property {Readonly<Record<string, string>>} [headers]
 * @property {unknown} [body]
 * @property {boolean} [isWithoutToken]
 */

/**
 * What came back.
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {number} ms From the request to the end of the answer.
 * @property {string} text
 * @property {unknown} body Undefined where the answer is no JSON.
 */

/**
 * Sends calls with a token, which nothing else of the page can read.
 *
 * @typedef {object} Session
 * @property {(call: Call) => Promise<Answer>} send
 * @property {(path: string, signal: AbortSignal) => Promise<Response>} open Gives an answer that goes on.
 */

/**
 * Makes a session. The token is kept in this closure only, and is gone with the page.
 *
 * @param {string} token
 * @returns {Session}
 */
export function createSession(token) {
  /** @type {Readonly<Record<string, string>>} */
  const withToken = { "X-Vault-Token": token };
  return {
    async send({ method, path, headers, body, isWithoutToken = false }) {
      const started = performance.now();
      const response = await fetch(`/${path}`, {
        method,
        headers: {
          ...headers,
          ...(isWithoutToken ? {} : withToken),
          ...(method === "PATCH" && { "Content-Type": mergePatch }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, ms: performance.now() - started, text, body: parsed(text) };
    },
    open: (path, signal) => fetch(`/${path}`, { headers: withToken, signal }),
  };
}

/** The content type that servers want for a patch. */
export const mergePatch = "application/merge-patch+json";

/**
 * Says what an answer that is no success says.
 *
 * @param {Answer} answer
 * @returns {string}
 */
export function problemOf({ status, body }) {
  const errors = list(at(body, "errors")).map(String).join("; ").trim();
  return errors === "" ? `The server answered ${status}.` : `${status}: ${errors}`;
}

/**
 * @param {string} text
 * @returns {unknown}
 */
function parsed(text) {
  try {
    return parseJson(text);
  } catch {
    // Raw answers of plugins may be anything.
    return undefined;
  }
}
