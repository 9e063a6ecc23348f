/** Who did what to a secret. */
export interface Attribution {
  /** Display name of the caller's token. */
  readonly actor?: string;
  readonly operation: string;
  readonly entity_id?: string;
}

/** What is remembered of a version beside its value. Times are milliseconds since 1970. */
export interface Version {
  readonly created: number;
  /** From then on the version counts as deleted. */
  readonly deletion?: number;
  readonly isDestroyed?: true;
  readonly createdBy?: Attribution;
  readonly deletedBy?: Attribution;
}

/** What is known of a secret: its settings and its versions. */
export interface Secret {
  readonly created: number;
  readonly updated: number;
  /** The highest number that a version ever had; 0 before the first. */
  readonly currentVersion: number;
  /** The lowest number in the window of versions; 0 until the window was full once. */
  readonly oldestVersion: number;
  /** By their numbers. */
  readonly versions: Readonly<Record<string, Version>>;
  readonly maxVersions: number;
  readonly casRequired: boolean;
  /** Seconds; 0 for none. */
  readonly deleteVersionAfter: number;
  readonly customMetadata: Readonly<Record<string, string>>;
  readonly lastUpdatedBy?: Attribution;
  /** OpenBao's counter of changes to the settings. */
  readonly metadataVersion: number;
  readonly metadataCasRequired: boolean;
  /** Short values by the numbers of their versions, as many as there is room for; others have records of their own. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Whether there are records of values, or may be, since a write can be interrupted behind that of a value. */
  readonly hasValueRecords?: true;
}

/** A secret without versions and settings. */
export function newSecret(now: number): Secret {
  return {
    created: now,
    updated: now,
    currentVersion: 0,
    oldestVersion: 0,
    versions: {},
    maxVersions: 0,
    casRequired: false,
    deleteVersionAfter: 0,
    customMetadata: {},
    values: {},
    metadataVersion: 0,
    metadataCasRequired: false,
  };
}

/** Gives a version by its number. */
export function versionOf({ versions }: Secret, number: number): Version | undefined {
  return Object.hasOwn(versions, number) ? versions[number] : undefined;
}

/**
 * Whether a version is deleted now. Its time itself counts as past, since clocks that count milliseconds would otherwise
 * show a version once more right after its deletion.
 */
export function isDeleted({ deletion }: Version): boolean {
  return deletion !== undefined && deletion <= Date.now();
}

/** Gives the numbers of a secret's versions in their order. */
export function versionNumbers({ versions }: Secret): readonly number[] {
  return Object.keys(versions).map(Number);
}

/** Gives the values in the record of a secret without those of some versions. */
export function withoutValues({ values }: Secret, numbers: readonly number[]): Secret["values"] {
  return Object.fromEntries(Object.entries(values).filter(([number]) => !numbers.includes(Number(number))));
}
