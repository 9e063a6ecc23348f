import type { Log, LogFields } from "@vaultwright/core/launch";
import { fieldText, logTo } from "./log.ts";
import type { LogLine } from "./ui/activity.ts";
import type { Feed } from "./ui/feed.ts";

/**
 * Makes the log of the server: its lines name a mount by path where a plugin named it by UUID, go on to the log that was
 * asked for, and are kept for the page.
 */
export function createHostLog(parts: {
  readonly log: Log;
  readonly lines: Feed<LogLine>;
  now(): Date;
  mountPath(uuid: string): string | undefined;
}): Log {
  const { log, lines, now, mountPath } = parts;
  return logTo((level, message, { mount_uuid: uuid, ...rest }) => {
    const mount = typeof uuid === "string" ? mountPath(uuid) : undefined;
    const fields = mount === undefined ? rest : { ...rest, mount };
    log[level](message, fields);
    lines.add({ timeMs: now().getTime(), level, message: message.slice(0, longestText), fields: textsOf(fields) });
  });
}

// So many lines are kept that one must not be large.
const longestText = 2000;

function textsOf(fields: LogFields): Record<string, string> {
  const entries = Object.entries(fields);
  return Object.fromEntries(entries.map(([name, value]) => [name, fieldText(value).slice(0, longestText)]));
}
