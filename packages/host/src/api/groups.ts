import { type Data, LogicalError, UserError } from "@vaultwright/core/launch";
import type { GroupRecord } from "../identity/group-record.ts";
import type { HostResponse } from "../requests/context.ts";
import type { HostState } from "../state.ts";
import { newUuid } from "../values/random.ts";
import { policiesField, textField, textMapField, textsField } from "./fields.ts";
import { groupInfo, listedGroup } from "./group-info.ts";
import { lookUp, lookupFields } from "./identity-lookup.ts";
import { type ApiCall, type ApiRoute, listOf, route } from "./route.ts";

const groupFields = {
  id: "string",
  member_entity_ids: "array",
  member_group_ids: "array",
  metadata: "object",
  name: "string",
  policies: "array",
  type: "string",
} as const;

/** The paths of groups of entities. */
export const groupRoutes: readonly ApiRoute[] = [
  route(
    "group",
    "Make or change a group of entities and groups.",
    { update: (call) => write(call, byIdOrName(call)) },
    groupFields,
  ),
  route("group/id", "List the groups by their ids.", { list }),
  route(
    "group/id/:id",
    "Read, change and delete a group.",
    {
      read: (call) => shown(call, call.state.groups.record(call.params["id"] ?? "")),
      update: (call) => write(call, byId(call.state, call.params["id"] ?? "")),
      delete: (call) => remove(call, call.state.groups.record(call.params["id"] ?? "")),
    },
    groupFields,
  ),
  route("group/name", "List the groups by their names.", {
    list: ({ state }) => listOf(state.groups.records().map(({ name }) => name)),
  }),
  route(
    "group/name/:name",
    "Read, write and delete a group by its name.",
    {
      read: (call) => shown(call, call.state.groups.recordByName(call.params["name"] ?? "")),
      update: (call) => write(call, call.state.groups.recordByName(call.params["name"] ?? "")),
      delete: (call) => remove(call, call.state.groups.recordByName(call.params["name"] ?? "")),
    },
    groupFields,
  ),
  route(
    "lookup/group",
    "Find a group by its id, its name or its alias.",
    {
      update: (call) => shown(call, find(call)),
    },
    lookupFields,
  ),
];

function find({ state: { groups }, data }: ApiCall): GroupRecord | undefined {
  return lookUp(data, {
    byId: groups.record,
    byName: groups.recordByName,
    byAliasId: groups.recordByAliasId,
    byAlias: groups.recordByAlias,
  });
}

function list({ state }: ApiCall): HostResponse {
  const records = state.groups.records();
  if (records.length === 0) return { data: {} };
  const infos = records.map((record) => [record.id, listedGroup(state, record)]);
  return { data: { key_info: Object.fromEntries(infos), keys: records.map(({ id }) => id) } };
}

function shown({ state }: ApiCall, record: GroupRecord | undefined): HostResponse | undefined {
  return record && { data: groupInfo(state, record) };
}

function byIdOrName({ state, data }: ApiCall): GroupRecord | undefined {
  if (data["id"] === undefined) return state.groups.recordByName(textField(data, "name"));
  const id = textField(data, "id");
  if (id === "") throw new UserError("empty group ID");
  return byId(state, id);
}

function byId({ groups }: HostState, id: string): GroupRecord {
  const found = groups.record(id);
  if (found === undefined) throw new UserError("invalid group ID");
  return found;
}

/** A new group is told of; a changed one is not. */
function write({ state, data, params }: ApiCall, before: GroupRecord | undefined): HostResponse | undefined {
  const policies = policiesField(data, "policies") ?? before?.policies ?? null;
  const type = groupType(data, before);
  const now = state.clock.now().getTime();
  const id = before?.id ?? newUuid();
  const name = textField(data, "name") || (before?.name ?? params["name"] ?? `group_${id.slice(0, 8)}`);
  const namesake = state.groups.recordByName(name);
  if (namesake !== undefined && namesake.id !== id) throw new UserError("group name is already in use");
  const metadata = textMapField(data, "metadata") ?? before?.metadata ?? null;
  checkExternal(type, data);
  const record = {
    ...before,
    id,
    name,
    type,
    memberEntityIds: memberEntities(state, data) ?? before?.memberEntityIds ?? null,
    parentGroupIds: before?.parentGroupIds ?? null,
    policies,
    metadata,
    createdAtMs: before?.createdAtMs ?? now,
    updatedAtMs: now,
  };
  const members = memberGroups(state, data, before ?? record);
  state.store.atomically(() => {
    if (members !== undefined) changeMembers(state, id, members);
    state.groups.save(record);
  });
  return before === undefined ? { data: { id, name } } : undefined;
}

function groupType(data: Data, before: GroupRecord | undefined): GroupRecord["type"] {
  const given = data["type"] === undefined ? (before?.type ?? "internal") : textField(data, "type") || "internal";
  if (before !== undefined && given !== before.type) throw new UserError("group type cannot be changed");
  if (given === "internal" || given === "external") return given;
  throw new UserError(`invalid group type ${JSON.stringify(given)}`);
}

function checkExternal(type: GroupRecord["type"], data: Data): void {
  if (type !== "external") return;
  if (data["member_entity_ids"] !== undefined)
    throw new UserError("member entities can't be set manually for external groups");
  if (data["member_group_ids"] !== undefined) throw new UserError("member groups can't be set for external groups");
}

function memberEntities({ entities }: HostState, data: Data): readonly string[] | undefined {
  const ids = textsField(data, "member_entity_ids");
  const unknown = ids?.find((id) => entities.record(id) === undefined);
  if (unknown !== undefined) throw new LogicalError("unknown", `invalid entity ID ${JSON.stringify(unknown)}`);
  return ids && [...new Set(ids)].sort();
}

/** Reads the groups that are to be the members of a group; no group may be in itself, at any depth. */
function memberGroups(
  { groups }: HostState,
  data: Data,
  group: Pick<GroupRecord, "id" | "parentGroupIds">,
): ReadonlySet<string> | undefined {
  const ids = textsField(data, "member_group_ids");
  const above = new Set(groups.around(group).map(({ id }) => id));
  for (const id of ids ?? []) {
    const quoted = JSON.stringify(id);
    if (id === group.id) throw new LogicalError("unknown", `member group ID ${quoted} is same as the ID of the group`);
    if (groups.record(id) === undefined) throw new LogicalError("unknown", `invalid member group ID ${quoted}`);
    if (above.has(id)) throw new UserError(`cyclic relationship detected for member group ID ${quoted}`);
  }
  return ids && new Set(ids);
}

/** That a group is a member of another is kept with the member. */
function changeMembers({ groups }: HostState, id: string, members: ReadonlySet<string>): void {
  for (const member of groups.records()) {
    const parents = member.parentGroupIds ?? [];
    if (members.has(member.id) === parents.includes(id)) continue;
    const changed = members.has(member.id) ? [...parents, id] : parents.filter((parent) => parent !== id);
    groups.save({ ...member, parentGroupIds: changed });
  }
}

function remove({ state }: ApiCall, record: GroupRecord | undefined): undefined {
  if (record !== undefined) state.groups.delete(record.id);
}
