import type { Data } from "@vaultwright/core/launch";
import type { GroupRecord } from "../identity/group-record.ts";
import type { HostState } from "../state.ts";
import { aliasInfo, aliasMount } from "./entity-info.ts";

/** Describes a group as `identity/group` does. */
export function groupInfo(state: HostState, record: GroupRecord): Data {
  const members = state.groups.membersOf(record.id).map(({ id }) => id);
  return {
    alias: groupAliasInfo(state, record),
    creation_time: new Date(record.createdAtMs).toISOString(),
    id: record.id,
    last_update_time: new Date(record.updatedAtMs).toISOString(),
    member_entity_ids: record.memberEntityIds,
    member_group_ids: members.length === 0 ? null : members,
    metadata: record.metadata,
    modify_index: record.modifyIndex,
    name: record.name,
    namespace_id: "root",
    parent_group_ids: record.parentGroupIds,
    policies: record.policies,
    type: record.type,
  };
}

function groupAliasInfo(state: HostState, { id, alias }: GroupRecord): Data {
  if (alias === undefined) return {};
  const { custom_metadata: _custom, local: _local, ...info } = aliasInfo(state, { id }, alias);
  return info;
}

/** Describes a group as lists of groups do. */
export function listedGroup(state: HostState, { name, alias, memberEntityIds, parentGroupIds }: GroupRecord): Data {
  return {
    ...(alias && { alias: { id: alias.id, ...aliasMount(state, alias), name: alias.name } }),
    name,
    num_member_entities: memberEntityIds?.length ?? 0,
    num_parent_groups: parentGroupIds?.length ?? 0,
  };
}
