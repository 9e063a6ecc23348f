import type { Command } from "commander";
import { createCommand, vaultwrightCommand } from "./command.ts";
import { CommandError } from "./command-error.ts";

/** Runs the command `vaultwright` with its arguments; what goes wrong is printed, and becomes the process's exit code. */
export function run(argv: readonly string[]): Promise<void> {
  return runCommand(vaultwrightCommand(), argv);
}

/** Runs `npm create vaultwright`, which is `vaultwright new`, in the same way. */
export function create(argv: readonly string[]): Promise<void> {
  return runCommand(createCommand(), argv);
}

async function runCommand(command: Command, argv: readonly string[]): Promise<void> {
  try {
    await command.parseAsync(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.error(`${command.name()}: ${error.message}`);
    process.exitCode = 1;
  }
}
