import { type Data, LogicalError, UserError } from "@vaultwright/core/launch";
import type { GroupRecord } from "../identity/group-store.ts";
import type { HostResponse } from "../requests/context.ts";
import type { HostState } from "../state.ts";
import { newUuid } from "../values/random.ts";
import { policiesField, textField, textMapField, textsField } from "./fields.ts";
import { type ApiCall, type ApiRoute, listOf, route } from "./route.ts";

/** The paths of groups of entities. */
export const groupRoutes: readonly ApiRoute[] = [
  route("group", "Make or change a group of entities.", { update: (call) => write(call, byIdOrName(call)) }),
  route("group/id", "List the groups by their ids.", { list }),
  route("group/id/:id", "Read, change and delete a group.", {
    read: (call) => shown(call.state.groups.record(call.params["id"] ?? "")),
    update: (call) => write(call, byId(call.state, call.params["id"] ?? "")),
    delete: (call) => remove(call, call.state.groups.record(call.params["id"] ?? "")),
  }),
  route("group/name", "List the groups by their names.", {
    list: ({ state }) => listOf(state.groups.records().map(({ name }) => name)),
  }),
  route("group/name/:name", "Read, write and delete a group by its name.", {
    read: (call) => shown(call.state.groups.recordByName(call.params["name"] ?? "")),
    update: (call) => write(call, call.state.groups.recordByName(call.params["name"] ?? "")),
    delete: (call) => remove(call, call.state.groups.recordByName(call.params["name"] ?? "")),
  }),
  route("lookup/group", "Find a group by its id or its name.", { update: (call) => shown(lookUp(call)) }),
];

function list({ state }: ApiCall): HostResponse {
  const records = state.groups.records();
  if (records.length === 0) return { data: {} };
  const infos = records.map(({ id, name, memberEntityIds }) => [
    id,
    { name, num_member_entities: memberEntityIds?.length ?? 0, num_parent_groups: 0 },
  ]);
  return { data: { key_info: Object.fromEntries(infos), keys: records.map(({ id }) => id) } };
}

function shown(record: GroupRecord | undefined): HostResponse | undefined {
  return record && { data: groupInfo(record) };
}

function groupInfo(record: GroupRecord): Data {
  return {
    alias: {},
    creation_time: new Date(record.createdAtMs).toISOString(),
    id: record.id,
    last_update_time: new Date(record.updatedAtMs).toISOString(),
    member_entity_ids: record.memberEntityIds,
    member_group_ids: null,
    metadata: record.metadata,
    modify_index: record.modifyIndex,
    name: record.name,
    namespace_id: "root",
    parent_group_ids: null,
    policies: record.policies,
    type: "internal",
  };
}

function lookUp({ state: { groups }, data }: ApiCall): GroupRecord | undefined {
  const [id, name] = [textField(data, "id"), textField(data, "name")];
  if (id === "" && name === "") throw new UserError("query parameter not supplied");
  if (id !== "" && name !== "")
    throw new UserError("query parameter conflict; please supply distinct set of query parameters");
  return id === "" ? groups.recordByName(name) : groups.record(id);
}

function byIdOrName({ state, data }: ApiCall): GroupRecord | undefined {
  const id = textField(data, "id");
  return id === "" ? state.groups.recordByName(textField(data, "name")) : byId(state, id);
}

function byId({ groups }: HostState, id: string): GroupRecord {
  const found = groups.record(id);
  if (found === undefined) throw new UserError("invalid group ID");
  return found;
}

/** A new group is told of; a changed one is not. */
function write({ state, data, params }: ApiCall, before: GroupRecord | undefined): HostResponse | undefined {
  checkType(data);
  const now = state.clock.now().getTime();
  const id = before?.id ?? newUuid();
  const name = textField(data, "name") || (before?.name ?? params["name"] ?? `group_${id.slice(0, 8)}`);
  const namesake = state.groups.recordByName(name);
  if (namesake !== undefined && namesake.id !== id) throw new UserError("group name is already in use");
  state.groups.save({
    id,
    name,
    memberEntityIds: members(state, data) ?? before?.memberEntityIds ?? null,
    policies: policiesField(data, "policies") ?? before?.policies ?? null,
    metadata: textMapField(data, "metadata") ?? before?.metadata ?? null,
    createdAtMs: before?.createdAtMs ?? now,
    updatedAtMs: now,
    modifyIndex: (before?.modifyIndex ?? 0) + 1,
  });
  return before === undefined ? { data: { id, name } } : undefined;
}

/** Groups that logins fill, and groups within groups, are not here. */
function checkType(data: Data): void {
  const type = textField(data, "type");
  if (type === "external") throw new UserError("external groups are not supported by this server");
  if (type !== "" && type !== "internal") throw new UserError(`invalid group type ${JSON.stringify(type)}`);
  if (textsField(data, "member_group_ids")?.length)
    throw new UserError("groups within groups are not supported by this server");
}

function members({ entities }: HostState, data: Data): readonly string[] | undefined {
  const ids = textsField(data, "member_entity_ids");
  const unknown = ids?.find((id) => entities.record(id) === undefined);
  if (unknown !== undefined) throw new LogicalError("unknown", `invalid entity ID ${JSON.stringify(unknown)}`);
  return ids && [...new Set(ids)].sort();
}

function remove({ state }: ApiCall, record: GroupRecord | undefined): undefined {
  if (record !== undefined) state.groups.delete(record.id);
}
