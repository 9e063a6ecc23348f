import { type Finding, failed, note, ok } from "./finding.ts";
import { limitOf } from "./proc.ts";

/** Below this a process with some hundred mounts, each with a connection, may fail. */
const enough = 1024;

/** Looks at how many files and connections the process may have open. */
export function checkDescriptors(limits: string | undefined): Finding {
  const limit = limits === undefined ? undefined : limitOf(limits, "Max open files");
  if (limit === undefined) return note("this system does not tell how many files a process may open");
  if (limit < enough) {
    return failed(
      `this process may open ${limit} files, and each mount needs a connection`,
      `Allow the server at least ${enough}: ulimit -n, or LimitNOFILE in its systemd unit.`,
    );
  }
  return ok(`this process may open ${limit === Number.POSITIVE_INFINITY ? "any number of" : limit} files`);
}
