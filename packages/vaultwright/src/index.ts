import { createCommand } from "./command.ts";
import { CommandError } from "./command-error.ts";

/** Runs the command `vaultwright` with its arguments; what goes wrong is printed, and becomes the process's exit code. */
export async function run(argv: readonly string[], name = "vaultwright"): Promise<void> {
  try {
    await createCommand(name).parseAsync(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.error(`${name}: ${error.message}`);
    process.exitCode = 1;
  }
}
