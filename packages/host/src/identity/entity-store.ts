import type { Alias, Entity } from "@vaultwright/core/launch";
import { openRecords } from "../storage/records.ts";
import type { Store } from "../storage/store.ts";
import { newUuid } from "../values/random.ts";

/** The persons and machines that logged in, each known by its alias of a mount. */
export interface EntityStore {
  get(id: string): Entity | undefined;
  /** Finds the entity of an alias, or makes one; what the login says of the alias is kept. */
  ofAlias(alias: KnownAlias): Entity;
}

/** An alias of which the host knows the mount. */
export interface KnownAlias {
  readonly name: string;
  readonly mountType: string;
  readonly mountAccessor: string;
  readonly metadata: ReadonlyMap<string, string>;
}

interface EntityRecord {
  readonly id: string;
  readonly name: string;
  readonly alias: Omit<KnownAlias, "metadata"> & { readonly id: string; readonly metadata: Record<string, string> };
}

/** Opens the entities of a store. */
export function openEntityStore(store: Store): EntityStore {
  const records = openRecords<EntityRecord>(store, "entities");
  const aliasKey = (alias: { readonly mountAccessor: string; readonly name: string }): string =>
    `${alias.mountAccessor}/${alias.name}`;
  const idsByAlias = new Map(records.values().map((record) => [aliasKey(record.alias), record.id]));
  return {
    get(id) {
      const record = records.get(id);
      return record && entityFromRecord(record);
    },
    ofAlias(alias) {
      const known = records.get(idsByAlias.get(aliasKey(alias)) ?? "");
      const id = known?.id ?? newUuid();
      const record = {
        id,
        name: known?.name ?? `entity_${id.slice(0, 8)}`,
        alias: { ...alias, id: known?.alias.id ?? newUuid(), metadata: Object.fromEntries(alias.metadata) },
      };
      records.set(id, record);
      idsByAlias.set(aliasKey(alias), id);
      return entityFromRecord(record);
    },
  };
}

function entityFromRecord({ id, name, alias }: EntityRecord): Entity {
  const { metadata, ...rest } = alias;
  const aliases: Alias[] = [{ ...rest, metadata: new Map(Object.entries(metadata)), namespaceId: "root" }];
  return { id, name, aliases, metadata: new Map(), disabled: false, namespaceId: "root" };
}
