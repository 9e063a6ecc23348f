import type { Call } from "../logical/backend.ts";
import type { Request } from "../logical/request.ts";
import type { Response } from "../logical/response.ts";
import { collectSpecialPaths } from "./collect-special-paths.ts";
import { openApi } from "./openapi/open-api.ts";
import { own } from "./own.ts";
import type { Path } from "./path.ts";
import type { Plugin } from "./plugin.ts";

/** Answers a request for the help of a whole plugin. */
export function answerRootHelp(plugin: Plugin, request: Request, call: Call): Promise<Response> {
  return helpResponse(rootHelp(plugin.help, plugin.paths), plugin.paths, { plugin, request, call });
}

/** Answers a request for the help of one path. */
export function answerPathHelp(plugin: Plugin, path: Path, request: Request, call: Call): Promise<Response> {
  return helpResponse(pathHelp(request.path, path), [path], { plugin, request, call });
}

/** What a request for help was asked of. */
interface Asked {
  readonly plugin: Plugin;
  readonly request: Request;
  readonly call: Call;
}

async function helpResponse(
  help: string,
  paths: readonly Path[],
  { plugin, request: { data = {} }, call: { system, signal, log } }: Asked,
): Promise<Response> {
  const { version } = await system.pluginEnvironment({ signal });
  const prefix = own(data, "requestResponsePrefix");
  const openapi = openApi({
    type: plugin.type,
    paths,
    specialPaths: collectSpecialPaths(plugin),
    host: system.host.kind,
    hostVersion: version,
    defaultPrefix: typeof prefix === "string" ? prefix : "",
    log,
  });
  return { data: { help, see_also: null, openapi } };
}

const introduction = `The following paths are supported by this backend. To view help for
any of the paths below, use the help command with any route matching
the path pattern. Note that depending on the policy of your auth token,
you may or may not be able to access certain paths.`;

/** The help of a whole plugin, in the layout of the hosts' own. */
function rootHelp(help: string, paths: readonly Path[]): string {
  const listed = paths
    .toSorted((a, b) => byText(a.pattern, b.pattern))
    .map(({ pattern, summary }) => `    ${pattern}\n${indented(summary.trim())}`);
  return `## DESCRIPTION\n\n${help.trim()}\n\n## PATHS\n\n${introduction}\n\n${listed.join("\n\n")}`.trim();
}

/** The help of one path, in the layout of the hosts' own. */
function pathHelp(requestPath: string, path: Path): string {
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
  if (text === "") return "";
  return text
    .split(/\r?\n/)
    .map((line) => `        ${line}`)
    .join("\n");
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
