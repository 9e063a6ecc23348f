import { DefinitionError } from "./definition-error.ts";
import { isSpecial } from "./openapi/special-path.ts";
import type { Path } from "./path.ts";
import { route } from "./route.ts";

/**
 * Refuses a path that an open one beside it opens, too: hosts let a request through by the entries of the open paths,
 * whichever path then answers it. `config` beside an open `:name` would take requests without a token.
 */
export function checkOpenPaths(paths: readonly Path[]): void {
  for (const closed of paths) {
    const { sample } = closed;
    if (closed.unauthenticated.length > 0 || sample === undefined) continue;
    if (route(paths, sample)?.path !== closed) continue;
    const open = paths.find(({ unauthenticated }) => isSpecial(sample, unauthenticated));
    if (open)
      throw new DefinitionError(
        `path "${closed.pattern}" would be open to callers without a token, since hosts cannot tell it from "${open.pattern}"`,
      );
  }
}
