import { secretsEngine } from "@vaultwright/core";
import { notePath, notesPath } from "./notes.ts";

/** The secrets engine: the paths that it answers, and what it says of itself. */
export const engine = secretsEngine({ help: "Notes of a team.", paths: [notesPath, notePath] });
