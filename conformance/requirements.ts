import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A numbered statement about what hosts or plugins do. */
export interface Requirement {
  /** A letter for the subject (A auth method, F field kinds, S framework, K kv, T totp, W wire protocol) and a number. */
  readonly id: string;
  readonly document: "auth-example" | "framework" | "kv" | "totp" | "wire-protocol";
  /** `done` promises that a test cites the statement, `excused` that none can. */
  readonly state: "done" | "excused" | "open";
  /** Why no test can prove an excused statement. */
  readonly reason?: string;
}

/** All numbered statements, in the order of their documents. */
export const requirements: readonly Requirement[] = JSON.parse(
  readFileSync(join(import.meta.dirname, "requirements.json"), "utf8"),
);
