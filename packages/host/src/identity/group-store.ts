import type { Group } from "@vaultwright/core/launch";
import { openRecords } from "../storage/records.ts";
import type { Store } from "../storage/store.ts";

/** A group of entities as the host keeps it. Nothing stands for what nobody has set. */
export interface GroupRecord {
  readonly id: string;
  readonly name: string;
  readonly memberEntityIds: readonly string[] | null;
  /** What all tokens of its members may do beside what is their own. */
  readonly policies: readonly string[] | null;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  /** How often it was written. */
  readonly modifyIndex: number;
}

/** The groups of the server. A group has entities as members, and no groups. */
export interface GroupStore {
  records(): GroupRecord[];
  record(id: string): GroupRecord | undefined;
  recordByName(name: string): GroupRecord | undefined;
  recordsOfEntity(entityId: string): GroupRecord[];
  /** What plugins see of the groups of an entity. */
  ofEntity(entityId: string): Group[];
  save(record: GroupRecord): void;
  delete(id: string): void;
}

/** Opens the groups of a store. */
export function openGroupStore(store: Store): GroupStore {
  const records = openRecords<GroupRecord>(store, "groups");
  const recordsOfEntity = (entityId: string): GroupRecord[] =>
    records.values().filter(({ memberEntityIds }) => memberEntityIds?.includes(entityId));
  return {
    records: records.values,
    record: records.get,
    recordByName: (name) => records.values().find((group) => group.name.toLowerCase() === name.toLowerCase()),
    recordsOfEntity,
    ofEntity: (entityId) => recordsOfEntity(entityId).map(groupFromRecord),
    save: (record) => records.set(record.id, record),
    delete: records.delete,
  };
}

function groupFromRecord({ id, name, metadata }: GroupRecord): Group {
  return { id, name, metadata: new Map(Object.entries(metadata ?? {})), namespaceId: "root" };
}
