import type { Alias } from "@vaultwright/core/launch";
import type { GroupRecord } from "./group-record.ts";
import type { GroupStore } from "./group-store.ts";

/** Who logged in or renewed, where, and the groups that the auth method found it in there. */
export interface FoundMembership {
  readonly entityId: string;
  /** Nothing where no mount said it, so that it is true of all. */
  readonly mountAccessor: string | undefined;
  readonly groupAliases: readonly Alias[];
}

/**
 * Makes an entity a member of the external groups that an auth method found it in, and no member any more of the others of
 * that mount. Gives the aliases that belong to a group; the others do nothing.
 */
export function refreshExternalGroups(groups: GroupStore, found: FoundMembership): Alias[] {
  const { entityId, mountAccessor, groupAliases } = found;
  const ownerOf = ({ name }: Alias): GroupRecord | undefined =>
    mountAccessor === undefined ? undefined : groups.recordByAlias({ name, mountAccessor });
  const valid = groupAliases.filter((alias) => ownerOf(alias) !== undefined);
  const wanted = new Set(valid.map((alias) => ownerOf(alias)?.id));
  for (const group of groups.records())
    if (wanted.has(group.id) && !group.memberEntityIds?.includes(entityId))
      groups.save({ ...group, memberEntityIds: [...(group.memberEntityIds ?? []), entityId] });
  for (const group of groups.ofEntity(entityId).direct) {
    const isForeign = mountAccessor !== undefined && (group.alias?.mountAccessor ?? mountAccessor) !== mountAccessor;
    if (group.type === "external" && !isForeign && !wanted.has(group.id)) groups.save(withoutMember(group, entityId));
  }
  return valid;
}

/** Gives a group without one of its entities. */
export function withoutMember(group: GroupRecord, entityId: string): GroupRecord {
  return { ...group, memberEntityIds: (group.memberEntityIds ?? []).filter((id) => id !== entityId) };
}
