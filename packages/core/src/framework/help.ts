import type { Response } from "../logical/response.ts";
import type { Path } from "./path.ts";

/** The answer to a request for help. */
export function helpResponse(help: string): Response {
  return { data: { help, see_also: null, openapi: null } };
}

const introduction = `The following paths are supported by this backend. To view help for
any of the paths below, use the help command with any route matching
the path pattern. Note that depending on the policy of your auth token,
you may or may not be able to access certain paths.`;

/** The help of a whole plugin, in the layout of the hosts' own. */
export function rootHelp(help: string, paths: readonly Path[]): string {
  // Two paths with the same pattern are both listed with the summary of the later one.
  const summaries = new Map(paths.map((path) => [path.pattern, path.summary.trim()]));
  const listed = paths
    .map((path) => path.pattern)
    .sort(byText)
    .map((pattern) => `    ${pattern}\n${indented(summaries.get(pattern) ?? "")}`);
  return `## DESCRIPTION\n\n${help.trim()}\n\n## PATHS\n\n${introduction}\n\n${listed.join("\n\n")}`.trim();
}

/** The help of one path, in the layout of the hosts' own. */
export function pathHelp(requestPath: string, path: Path): string {
  const route = `Request:        ${requestPath}\nMatching Route: ${path.pattern}`;
  const parameters = Object.entries(path.fields)
    .sort(([a], [b]) => byText(a, b))
    .map(([name, field]) => {
      const { description = "", deprecated = false } = field.options;
      const text = (deprecated ? "(DEPRECATED) " : "") + (description.trim() || "<no description>");
      return `    ${name} (${field.specification.helpName})\n\n${indented(text)}\n`;
    });
  const section = parameters.length === 0 ? "" : `## PARAMETERS\n\n${parameters.join("\n")}`;
  const summary = path.summary.trim() || "<no synopsis>";
  const description = path.description.trim() || "<no description>";
  return `${route}\n\n${summary}\n\n${section}\n## DESCRIPTION\n\n${description}`;
}

function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => `        ${line}`)
    .join("\n");
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
