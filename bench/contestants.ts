import { copyFile, link } from "node:fs/promises";
import { join } from "node:path";
import type { GoPrograms } from "./go-programs.ts";
import type { Build, Options } from "./options.ts";

/** The engines that are measured. The floor answers a constant, in place of an engine. */
export const engines = ["kv", "totp", "login"] as const;

/** An engine that is measured. */
export type Engine = (typeof engines)[number];

/** Whose plugins they are. `again` is the same Go plugin in a process of its own: what it differs by is noise. */
export type ContestantName = "ours" | "go" | "again" | "floor" | "beside";

/** Plugins that are measured side by side with others. */
export interface Contestant {
  readonly name: ContestantName;
  /** The file of an engine. */
  readonly files: Readonly<Record<Engine, string>>;
  /** Environment that the server starts them with, each `NAME=VALUE`. */
  readonly env: readonly string[];
}

const ourNames: Readonly<Record<Engine, string>> = {
  kv: "vault-plugin-secrets-kv",
  totp: "vault-plugin-secrets-totp",
  login: "vault-plugin-auth-example",
};

/** Lists who is measured in a run. */
export function contestantsOf({ ours, beside }: Options, go: GoPrograms): readonly Contestant[] {
  const { kv, totp, login, floor } = go;
  return [
    { name: "ours", ...fromBuild(ours) },
    ...(beside ? [{ name: "beside" as const, ...fromBuild(beside) }] : []),
    { name: "go", files: { kv, totp, login }, env: [] },
    { name: "again", files: { kv, totp, login }, env: [] },
    { name: "floor", files: { kv: floor, totp: floor, login: floor }, env: [] },
  ];
}

function fromBuild({ folder, env }: Build): Pick<Contestant, "files" | "env"> {
  const file = (engine: Engine): string => join(folder, ourNames[engine]);
  return { files: { kv: file("kv"), totp: file("totp"), login: file("login") }, env };
}

/** Puts a file into the plugin directory under a name of its own, by which its process is found, and gives that name. */
export async function place(file: string, directory: string, name: string): Promise<void> {
  try {
    await link(file, join(directory, name));
  } catch {
    // Another file system, where a link is not possible.
    await copyFile(file, join(directory, name));
  }
}
