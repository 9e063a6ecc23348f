import { execFileSync } from "node:child_process";
import { cpus, loadavg, release, totalmem } from "node:os";
import { vaultVersion } from "./arena.ts";
import type { Options } from "./options.ts";

/** Where and when a run was made. */
export interface Machine {
  readonly date: string;
  readonly command: string;
  readonly processors: string;
  readonly memory: string;
  readonly kernel: string;
  readonly go: string;
  readonly vault: string;
  readonly commit: string;
  /** The machine's load before and behind the run. */
  readonly loadBefore: number;
  readonly loadAfter: number;
}

/** The machine's load of the last minute before anything was compiled or measured. */
export const loadBefore: number = currentLoad();

/** Whether something else keeps the machine busy, so that only ratios and processor time say something. */
export function wasBusy(load: number): boolean {
  return load > 0.5;
}

/** Describes the machine behind a run. */
export function describeMachine({ command }: Options): Machine {
  const said = (program: string, ...args: readonly string[]): string =>
    execFileSync(program, args, { encoding: "utf8", cwd: import.meta.dirname }).trim();
  return {
    date: new Date().toISOString().slice(0, 16),
    command,
    processors: `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    kernel: release(),
    go: said("go", "env", "GOVERSION"),
    vault: vaultVersion,
    commit: said("git", "rev-parse", "--short", "HEAD"),
    loadBefore,
    loadAfter: currentLoad(),
  };
}

function currentLoad(): number {
  return loadavg()[0] ?? 0;
}
