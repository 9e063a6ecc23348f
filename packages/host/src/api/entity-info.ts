import type { Data } from "@vaultwright/core/launch";
import type { AliasRecord, EntityRecord } from "../identity/entity-record.ts";
import type { Mount } from "../mounts/mount.ts";
import { fullPathOf } from "../mounts/mount-entry.ts";
import type { HostState } from "../state.ts";

/** Describes an entity as `identity/entity` does. */
export function entityInfo(state: HostState, record: EntityRecord): Data {
  const { direct, inherited, all } = state.groups.ofEntity(record.id);
  return {
    aliases: record.aliases.map((alias) => aliasInfo(state, record, alias)),
    creation_time: new Date(record.createdAtMs).toISOString(),
    direct_group_ids: direct.map(({ id }) => id),
    disabled: record.isDisabled,
    group_ids: all.map(({ id }) => id),
    id: record.id,
    inherited_group_ids: inherited.map(({ id }) => id),
    last_update_time: new Date(record.updatedAtMs).toISOString(),
    merged_entity_ids: null,
    metadata: orNull(record.metadata),
    name: record.name,
    namespace_id: "root",
    policies: record.policies,
  };
}

/** Describes an alias of an entity. */
export function aliasInfo(state: HostState, { id }: Pick<EntityRecord, "id">, alias: AliasRecord): Data {
  return {
    canonical_id: id,
    creation_time: new Date(alias.createdAtMs).toISOString(),
    custom_metadata: alias.customMetadata,
    id: alias.id,
    last_update_time: new Date(alias.updatedAtMs).toISOString(),
    local: false,
    merged_from_canonical_ids: null,
    metadata: orNull(alias.metadata),
    ...aliasMount(state, alias),
    name: alias.name,
  };
}

/** Lists aliases with those whose they are, as `identity/entity-alias/id` and `identity/group-alias/id` do. */
export function aliasList(
  state: HostState,
  found: readonly { readonly ownerId: string; readonly alias: AliasRecord }[],
): { readonly data: Data } {
  if (found.length === 0) return { data: {} };
  const infos = found.map(({ ownerId, alias }) => [
    alias.id,
    {
      canonical_id: ownerId,
      custom_metadata: alias.customMetadata,
      local: false,
      metadata: orNull(alias.metadata),
      ...aliasMount(state, alias),
      name: alias.name,
    },
  ]);
  return { data: { key_info: Object.fromEntries(infos), keys: found.map(({ alias }) => alias.id) } };
}

/** Finds the auth method that an accessor names. */
export function authMount({ mounts }: HostState, accessor: string): Mount | undefined {
  return mounts.list("auth").find(({ entry }) => entry.accessor === accessor);
}

/** Says where an alias is known; of a mount that is gone, only the accessor. */
export function aliasMount(state: HostState, { mountAccessor, mountType }: AliasRecord): Data {
  const mount = authMount(state, mountAccessor);
  if (mount === undefined) return { mount_accessor: mountAccessor };
  return { mount_accessor: mountAccessor, mount_path: fullPathOf(mount.entry), mount_type: mountType };
}

/** Hosts have no empty objects of texts. */
function orNull(texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> | null {
  return Object.keys(texts).length === 0 ? null : texts;
}
