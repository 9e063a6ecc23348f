import { UserError } from "@vaultwright/core/launch";
import type { GroupRecord } from "../identity/group-record.ts";
import type { HostResponse } from "../requests/context.ts";
import type { HostState } from "../state.ts";
import { newUuid } from "../values/random.ts";
import { aliasInfo, aliasList, authMount } from "./entity-info.ts";
import { textField } from "./fields.ts";
import { type ApiCall, type ApiRoute, route } from "./route.ts";

const aliasFields = { canonical_id: "string", id: "string", mount_accessor: "string", name: "string" } as const;

/** The paths of what external groups are known as at mounts. */
export const groupAliasRoutes: readonly ApiRoute[] = [
  route(
    "group-alias",
    "Give an external group an alias, or change one.",
    {
      update: (call) =>
        write(call, call.data["id"] === undefined ? undefined : owner(call, textField(call.data, "id"))),
    },
    aliasFields,
  ),
  route("group-alias/id", "List the aliases of groups.", { list }),
  route(
    "group-alias/id/:id",
    "Read, change and delete an alias of a group.",
    {
      read,
      update: (call) => write(call, owner(call, call.params["id"] ?? "")),
      delete: remove,
    },
    aliasFields,
  ),
];

function list({ state }: ApiCall): HostResponse {
  const found = state.groups.records();
  return aliasList(
    state,
    found.flatMap(({ id, alias }) => (alias === undefined ? [] : [{ ownerId: id, alias }])),
  );
}

function read({ state, params }: ApiCall): HostResponse | undefined {
  const group = state.groups.recordByAliasId(params["id"] ?? "");
  return group?.alias && { data: { ...aliasInfo(state, group, group.alias), namespace_id: "root" } };
}

function remove({ state, params }: ApiCall): undefined {
  const group = state.groups.recordByAliasId(params["id"] ?? "");
  if (group !== undefined) state.groups.save(withoutAlias(group));
}

function owner({ state }: ApiCall, aliasId: string): GroupRecord {
  if (aliasId === "") throw new UserError("empty group alias ID");
  const found = state.groups.recordByAliasId(aliasId);
  if (found === undefined) throw new UserError("invalid group alias ID");
  return found;
}

function write({ state, data }: ApiCall, previous: GroupRecord | undefined): HostResponse | undefined {
  const [name, mountAccessor] = [textField(data, "name"), textField(data, "mount_accessor")];
  if (name === "") throw new UserError("missing alias name");
  if (mountAccessor === "") throw new UserError("missing mount_accessor");
  const canonicalId = textField(data, "canonical_id");
  const before = previous?.alias;
  const isMoved = canonicalId !== "" && canonicalId !== previous?.id;
  if (before?.name === name && before.mountAccessor === mountAccessor && !isMoved) return undefined;

  const named = canonicalId === "" ? undefined : externalGroup(state, canonicalId);
  const mount = authMount(state, mountAccessor);
  if (mount === undefined) throw new UserError(`invalid mount accessor ${JSON.stringify(mountAccessor)}`);
  const used = state.groups.recordByAlias({ name, mountAccessor })?.alias;
  if (used !== undefined && used.id !== before?.id)
    throw new UserError("combination of mount and group alias name is already in use");

  const now = state.clock.now().getTime();
  const times = { createdAtMs: before?.createdAtMs ?? now, updatedAtMs: now };
  const known = { name, mountAccessor, mountType: mount.entry.type, metadata: {}, customMetadata: null };
  const alias = { id: before?.id ?? newUuid(), ...known, ...times };
  const group = named ?? previous ?? newGroup(now);
  state.store.atomically(() => {
    if (previous !== undefined && previous.id !== group.id) state.groups.save(withoutAlias(previous));
    state.groups.save({ ...group, alias, updatedAtMs: now });
  });
  return { data: { canonical_id: group.id, id: alias.id } };
}

function externalGroup({ groups }: HostState, id: string): GroupRecord {
  const found = groups.record(id);
  if (found === undefined) throw new UserError("invalid group ID given in 'canonical_id'");
  if (found.type !== "external") throw new UserError("alias can't be set on an internal group");
  return found;
}

function newGroup(now: number): Omit<GroupRecord, "modifyIndex"> {
  const id = newUuid();
  const nothing = { memberEntityIds: null, parentGroupIds: null, policies: null, metadata: null };
  return { id, name: `group_${id.slice(0, 8)}`, type: "external", ...nothing, createdAtMs: now, updatedAtMs: now };
}

function withoutAlias({ alias: _alias, ...group }: GroupRecord): Omit<GroupRecord, "alias"> {
  return group;
}
