import type { Alias, Entity } from "@vaultwright/core/launch";

/** A person or machine as the host keeps it. */
export interface EntityRecord {
  readonly id: string;
  readonly name: string;
  /** What all its tokens may do beside what is their own. */
  readonly policies: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly isDisabled: boolean;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly aliases: readonly AliasRecord[];
}

/** What an entity is known as at one mount. */
export interface AliasRecord {
  readonly id: string;
  readonly name: string;
  readonly mountType: string;
  readonly mountAccessor: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** What an operator wrote; nothing for an alias that a login made. */
  readonly customMetadata: Readonly<Record<string, string>> | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** Makes what plugins see of an entity. */
export function entityFromRecord({ id, name, aliases, metadata, isDisabled }: EntityRecord): Entity {
  return {
    id,
    name,
    aliases: aliases.map(aliasFromRecord),
    metadata: new Map(Object.entries(metadata)),
    disabled: isDisabled,
    // Hosts tell plugins the namespaces of aliases and groups, and leave the entity's out.
    namespaceId: "",
  };
}

function aliasFromRecord({ id, name, mountType, mountAccessor, metadata, customMetadata }: AliasRecord): Alias {
  return {
    id,
    name,
    mountType,
    mountAccessor,
    metadata: new Map(Object.entries(metadata)),
    ...(customMetadata && { customMetadata: new Map(Object.entries(customMetadata)) }),
    namespaceId: "root",
  };
}
