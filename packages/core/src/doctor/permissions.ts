import { statSync } from "node:fs";
import { dirname } from "node:path";
import { type Finding, failed, note, ok, reasonOf } from "./finding.ts";

/** Looks whether the file can be executed, and whether somebody else could replace it. */
export function checkPermissions(file: string, self: number | undefined = process.getuid?.()): Finding {
  if (self === undefined) return note("not looked at, since this system has other permissions than Unix");
  try {
    return examine(file, self);
  } catch (error) {
    return failed(`cannot be looked at: ${reasonOf(error)}`, "Run the doctor as a user who may read the file.");
  }
}

function examine(file: string, self: number): Finding {
  const { mode, uid } = statSync(file);
  const octal = (mode & 0o7777).toString(8).padStart(4, "0");
  if ((mode & 0o111) === 0) return failed(`not executable (mode ${octal})`, `chmod 0755 ${file}`);
  if ((mode & 0o022) !== 0) {
    return failed(`writable by more users than its owner (mode ${octal})`, `chmod go-w ${file}`);
  }
  if (uid !== 0 && uid !== self) {
    return failed(
      `owned by user ${uid}, who is neither root nor the user of this process (${self}), and who can change it`,
      `chown root ${file}, or run the doctor as the server's user.`,
    );
  }
  const directory = dirname(file);
  // In a sticky directory only the owner of a file may replace it.
  const { mode: above } = statSync(directory);
  if ((above & 0o022) !== 0 && (above & 0o1000) === 0) {
    return failed(`can be replaced by whoever may write to ${directory}`, `chmod go-w ${directory}`);
  }
  return ok(`mode ${octal}, owned by user ${uid}, replaceable by nobody else`);
}
