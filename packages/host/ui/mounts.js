import { at, object, text } from "./json.js";
import { problemOf } from "./session.js";

/** @import { Session } from "./session.js" */

/**
 * Something that is mounted.
 *
 * @typedef {object} Mount
 * @property {string} path Whole, with `auth/` and a slash at the end.
 * @property {string} type
 * @property {string} version
 * @property {string} description
 * @property {string} accessor
 * @property {string} uuid
 * @property {Readonly<Record<string, unknown>>} options
 * @property {boolean} isPlugin Otherwise it is a part of the server.
 */

/**
 * Asks what is mounted, in the order of the paths.
 *
 * @param {Session} session
 * @returns {Promise<Mount[]>}
 */
export async function readMounts(session) {
  const tables = await Promise.all([mountsIn(session, "sys/mounts", ""), mountsIn(session, "sys/auth", "auth/")]);
  return tables.flat().sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * @param {Session} session
 * @param {string} table
 * @param {string} prefix
 * @returns {Promise<Mount[]>}
 */
async function mountsIn(session, table, prefix) {
  const answer = await session.send({ method: "GET", path: `v1/${table}` });
  if (answer.status !== 200) throw new Error(problemOf(answer));
  return Object.entries(object(at(answer.body, "data"))).map(([path, mount]) => ({
    path: `${prefix}${path}`,
    type: text(at(mount, "type")),
    version: text(at(mount, "running_plugin_version")),
    description: text(at(mount, "description")),
    accessor: text(at(mount, "accessor")),
    uuid: text(at(mount, "uuid")),
    options: object(at(mount, "options")),
    isPlugin: text(at(mount, "running_sha256")) !== "",
  }));
}
