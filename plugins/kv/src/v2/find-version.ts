import { type Request, type Response, respondWithStatus } from "@vaultwright/core";
import { isDeleted, type Secret, type Version, versionOf } from "./secret.ts";
import type { StoredSecret } from "./secrets.ts";
import { versionFacts } from "./version-facts.ts";

/** A version that a request asks for. */
export interface FoundVersion {
  readonly secret: Secret;
  readonly number: number;
  readonly version: Version;
}

/** Finds the version that a request asks for; without a number, or with none that a version can have, the current one. */
export function findVersion({ secret }: StoredSecret, asked = 0): FoundVersion | undefined {
  if (!secret) return undefined;
  const number = asked > 0 ? asked : secret.currentVersion;
  const version = versionOf(secret, number);
  return version && { secret, number, version };
}

/** Whether a version has a value to show. */
export function isReadable({ version }: FoundVersion): boolean {
  return !isDeleted(version) && !version.isDestroyed;
}

/** Answers for a version without a value: 404, and all the same what is known of it. */
export function unreadable(request: Request, { secret, number, version }: FoundVersion, member: string): Response {
  return respondWithStatus(request, 404, {
    data: { [member]: null, metadata: versionFacts(secret, number, version) },
  });
}
