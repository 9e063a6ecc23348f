import type { Secret, Version } from "./secret.ts";
import { timeText } from "./texts.ts";

/** What every answer about a version says of it. */
export interface VersionFacts {
  readonly version: number;
  readonly created_time: string;
  readonly deletion_time: string;
  readonly destroyed: boolean;
  readonly custom_metadata: Readonly<Record<string, string>> | null;
}

/** Gives what answers say of a version. */
export function versionFacts(secret: Secret, number: number, version: Version): VersionFacts {
  return {
    version: number,
    created_time: timeText(version.created),
    deletion_time: timeText(version.deletion),
    destroyed: version.isDestroyed ?? false,
    custom_metadata: shownCustomMetadata(secret),
  };
}

/** Custom metadata as answers show it: null where there is none. */
export function shownCustomMetadata({ customMetadata }: Secret): Readonly<Record<string, string>> | null {
  return Object.keys(customMetadata).length === 0 ? null : customMetadata;
}
