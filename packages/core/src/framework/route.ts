import type { Path } from "./path.ts";

/** The path of a plugin that answers a request, with the parameters of the request. */
export interface Route {
  readonly path: Path;
  readonly captures: ReadonlyMap<string, string>;
}

/** Finds the first path that matches: it decides, even if it lacks the operation. */
export function route(paths: readonly Path[], requestPath: string): Route | undefined {
  for (const path of paths) {
    const captures = path.match(requestPath);
    if (captures) return { path, captures };
  }
  return undefined;
}
