import type { Entity } from "@vaultwright/core/launch";
import { openRecords } from "../storage/records.ts";
import type { Store } from "../storage/store.ts";
import { newUuid } from "../values/random.ts";
import { type AliasRecord, type EntityRecord, entityFromRecord } from "./entity-record.ts";

/** The persons and machines that logged in, each known by its aliases of mounts. */
export interface EntityStore {
  /** What plugins see of an entity. */
  get(id: string): Entity | undefined;
  /** Finds the entity of an alias, or makes one; what the login says of the alias is kept. */
  ofAlias(alias: KnownAlias): Entity;
  records(): EntityRecord[];
  record(id: string): EntityRecord | undefined;
  recordByName(name: string): EntityRecord | undefined;
  recordByAlias(alias: Pick<AliasRecord, "mountAccessor" | "name">): EntityRecord | undefined;
  save(record: EntityRecord): void;
  delete(id: string): void;
}

/** An alias of which the host knows the mount. */
export interface KnownAlias {
  readonly name: string;
  readonly mountType: string;
  readonly mountAccessor: string;
  readonly metadata: ReadonlyMap<string, string>;
}

/** Opens the entities of a store. */
export function openEntityStore(store: Store, now: () => Date): EntityStore {
  const records = openRecords<EntityRecord | OldEntityRecord>(store, "entities");
  const byId = new Map(records.values().map((record) => [record.id, upgraded(record)]));
  const idsByAlias = new Map<string, string>();
  const remember = (record: EntityRecord): void => {
    for (const alias of record.aliases) idsByAlias.set(aliasKey(alias), record.id);
  };
  const forget = (id: string): void => {
    for (const alias of byId.get(id)?.aliases ?? []) idsByAlias.delete(aliasKey(alias));
  };
  for (const record of byId.values()) remember(record);

  const save = (record: EntityRecord): void => {
    records.set(record.id, record);
    forget(record.id);
    byId.set(record.id, record);
    remember(record);
  };
  const recordByAlias: EntityStore["recordByAlias"] = (alias) => byId.get(idsByAlias.get(aliasKey(alias)) ?? "");
  return {
    get(id) {
      const record = byId.get(id);
      return record && entityFromRecord(record);
    },
    ofAlias(alias) {
      const known = recordByAlias(alias);
      const record = known === undefined ? newEntity(alias, now()) : withLogin(known, alias, now());
      if (record !== known) save(record);
      return entityFromRecord(record);
    },
    records: () => [...byId.values()],
    record: (id) => byId.get(id),
    recordByName: (name) => byId.values().find((record) => record.name.toLowerCase() === name.toLowerCase()),
    recordByAlias,
    save,
    delete(id) {
      records.delete(id);
      forget(id);
      byId.delete(id);
    },
  };
}

/** What tells an alias from all others. */
export function aliasKey(alias: Pick<AliasRecord, "mountAccessor" | "name">): string {
  return `${alias.mountAccessor}/${alias.name.toLowerCase()}`;
}

function newEntity(alias: KnownAlias, now: Date): EntityRecord {
  const id = newUuid();
  const times = { createdAtMs: now.getTime(), updatedAtMs: now.getTime() };
  const { name, mountType, mountAccessor } = alias;
  const metadata = Object.fromEntries(alias.metadata);
  const first = { id: newUuid(), name, mountType, mountAccessor, metadata, customMetadata: null, ...times };
  const entity = { id, name: `entity_${id.slice(0, 8)}`, policies: [], metadata: {}, isDisabled: false };
  return { ...entity, ...times, aliases: [first] };
}

/** Gives the same record where the login says nothing new. */
function withLogin(known: EntityRecord, login: KnownAlias, now: Date): EntityRecord {
  const metadata = Object.fromEntries(login.metadata);
  const aliases = known.aliases.map((alias) => {
    const isNews = aliasKey(alias) === aliasKey(login) && JSON.stringify(alias.metadata) !== JSON.stringify(metadata);
    return isNews ? { ...alias, metadata, updatedAtMs: now.getTime() } : alias;
  });
  return aliases.every((alias, index) => alias === known.aliases[index]) ? known : { ...known, aliases };
}

/** As earlier versions of this server kept entities. */
interface OldEntityRecord {
  readonly id: string;
  readonly name: string;
  readonly alias: Omit<AliasRecord, "customMetadata" | "createdAtMs" | "updatedAtMs">;
}

function upgraded(record: EntityRecord | OldEntityRecord): EntityRecord {
  if ("aliases" in record) return record;
  const { id, name, alias } = record;
  const times = { createdAtMs: 0, updatedAtMs: 0 };
  const aliases = [{ ...alias, customMetadata: null, ...times }];
  return { id, name, policies: [], metadata: {}, isDisabled: false, ...times, aliases };
}
