import { chmodSync, chownSync, readFileSync } from "node:fs";
import { PluginError } from "./plugin-error.ts";

/** Finds a group by number or name. */
export function groupIdOf(group: string): number {
  if (/^\d+$/.test(group)) return Number(group);
  const line = groupLines().find((candidate) => candidate.startsWith(`${group}:`));
  const id = line?.split(":")[2];
  if (id === undefined) throw new PluginError("socket-group-unknown", `there is no group ${group} for the socket`);
  return Number(id);
}

function groupLines(): readonly string[] {
  try {
    return readFileSync("/etc/group", "utf8").split("\n");
  } catch {
    return [];
  }
}

/** Lets the members of a group use a socket; its owner stays. */
export function giveToGroup(path: string, id: number): void {
  try {
    chownSync(path, -1, id);
    chmodSync(path, 0o660);
  } catch (error) {
    throw new PluginError("socket-permissions", `cannot give the socket ${path} to group ${id}`, { cause: error });
  }
}
