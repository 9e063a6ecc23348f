import { allCitations } from "./citations.ts";
import { requirements } from "./requirements.ts";

/** What is wrong between the statements' states and the tests, a line for each statement. */
export function violations(): readonly string[] {
  const cited = new Map(allCitations().map(({ id, file }) => [id, file]));
  const states = new Map(requirements.map(({ id, state }) => [id, state]));
  return [
    ...requirements
      .filter(({ id, state }) => state === "done" && !cited.has(id))
      .map(({ id }) => `${id} is done, but no test cites it`),
    ...requirements
      .filter(({ state, reason }) => state === "excused" && (reason ?? "").trim() === "")
      .map(({ id }) => `${id} is excused without a reason`),
    ...requirements
      .filter(({ state, reason }) => state !== "excused" && reason !== undefined)
      .map(({ id }) => `${id} has a reason, but is not excused`),
    ...[...cited]
      .filter(([id]) => states.get(id) !== "done")
      .map(([id, file]) => `${id} is cited in ${file}, but is ${states.get(id) ?? "in no document"}`),
  ];
}
