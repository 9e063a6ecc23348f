import { openRecords } from "../storage/records.ts";
import type { Store } from "../storage/store.ts";
import { aliasKey } from "./entity-store.ts";
import { type GroupRecord, type OldGroupRecord, upgradedGroup } from "./group-record.ts";

/** The groups of the server. */
export interface GroupStore {
  records(): GroupRecord[];
  record(id: string): GroupRecord | undefined;
  recordByName(name: string): GroupRecord | undefined;
  recordByAlias(alias: { readonly mountAccessor: string; readonly name: string }): GroupRecord | undefined;
  recordByAliasId(aliasId: string): GroupRecord | undefined;
  /** The groups that have a group as a member. */
  membersOf(groupId: string): GroupRecord[];
  /** The groups that a group is in, at all depths, itself left out. */
  around(group: Pick<GroupRecord, "parentGroupIds">): GroupRecord[];
  /** The groups that an entity is in; the same object until some group changes. */
  ofEntity(entityId: string): EntityGroups;
  /** Keeps a group, and counts the change. */
  save(record: Omit<GroupRecord, "modifyIndex">): void;
  delete(id: string): void;
}

/** The groups of an entity: those that name it as a member, then those that these are in. */
export interface EntityGroups {
  readonly direct: readonly GroupRecord[];
  readonly inherited: readonly GroupRecord[];
  readonly all: readonly GroupRecord[];
}

/** The groups of nobody. */
export const noGroups: EntityGroups = { direct: [], inherited: [], all: [] };

const mostKept = 1_000;

/** Opens the groups of a store. */
export function openGroupStore(store: Store): GroupStore {
  const kept = openRecords<OldGroupRecord>(store, "groups");
  const groups = new Map(kept.values().map((record) => [record.id, upgradedGroup(record)]));
  // Every request asks for them, and groups change seldom.
  const byEntity = new Map<string, EntityGroups>();
  const find = (matches: (group: GroupRecord) => boolean): GroupRecord | undefined => groups.values().find(matches);

  const around: GroupStore["around"] = (group) => {
    const found = new Set<GroupRecord>();
    const visit = ({ parentGroupIds }: Pick<GroupRecord, "parentGroupIds">): void => {
      for (const id of parentGroupIds ?? []) {
        const parent = groups.get(id);
        if (parent === undefined || found.has(parent)) continue;
        found.add(parent);
        visit(parent);
      }
    };
    visit(group);
    return [...found];
  };
  const lookUp = (entityId: string): EntityGroups => {
    const direct = [...groups.values()].filter(({ memberEntityIds }) => memberEntityIds?.includes(entityId));
    const inherited = [...new Set(direct.flatMap(around)).difference(new Set(direct))];
    return { direct, inherited, all: [...direct, ...inherited] };
  };
  return {
    records: () => [...groups.values()],
    record: (id) => groups.get(id),
    recordByName: (name) => find((group) => group.name.toLowerCase() === name.toLowerCase()),
    recordByAlias: (wanted) => find(({ alias }) => alias !== undefined && aliasKey(alias) === aliasKey(wanted)),
    recordByAliasId: (id) => find(({ alias }) => alias?.id === id),
    membersOf: (groupId) => [...groups.values()].filter(({ parentGroupIds }) => parentGroupIds?.includes(groupId)),
    around,
    ofEntity(entityId) {
      if (groups.size === 0) return noGroups;
      const known = byEntity.get(entityId);
      if (known !== undefined) return known;
      const found = lookUp(entityId);
      if (byEntity.size >= mostKept) byEntity.clear();
      byEntity.set(entityId, found);
      return found;
    },
    save(draft) {
      const record = { ...draft, modifyIndex: (groups.get(draft.id)?.modifyIndex ?? 0) + 1 };
      kept.set(record.id, record);
      groups.set(record.id, record);
      byEntity.clear();
    },
    delete(id) {
      kept.delete(id);
      groups.delete(id);
      byEntity.clear();
    },
  };
}
