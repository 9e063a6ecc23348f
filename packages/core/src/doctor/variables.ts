import { type Finding, failed, ok } from "./finding.ts";

/** Looks for variables that change what a checked file does. Their values are not shown, since some hold secrets. */
export function checkVariables(variables: Readonly<Record<string, string | undefined>>): Finding {
  const found = Object.keys(variables).filter((name) => variables[name] !== undefined && isDangerous(name));
  if (found.length === 0) return ok("nothing in it changes what the file does");
  const names = found.sort().join(", ");
  return failed(
    `${names} ${found.length === 1 ? "changes" : "change"} how the runtime behaves, though the file's SHA-256 stays`,
    `Unset ${names} for the server; plugins inherit its environment.`,
  );
}

// Where Bun was installed concerns its installer only, and many shells set it.
const harmless: ReadonlySet<string> = new Set(["BUN_INSTALL", "BUN_INSTALL_BIN"]);
const dangerous: ReadonlySet<string> = new Set([
  "NODE_OPTIONS",
  "NODE_TLS_REJECT_UNAUTHORIZED",
  "LD_PRELOAD",
  "LD_AUDIT",
  "LD_LIBRARY_PATH",
  "DYLD_INSERT_LIBRARIES",
]);

function isDangerous(name: string): boolean {
  return dangerous.has(name) || (name.startsWith("BUN_") && !harmless.has(name));
}
