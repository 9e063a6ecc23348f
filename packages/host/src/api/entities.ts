import { type Data, UserError } from "@vaultwright/core/launch";
import type { EntityRecord } from "../identity/entity-record.ts";
import { withoutMember } from "../identity/external-groups.ts";
import type { HostResponse } from "../requests/context.ts";
import type { HostState } from "../state.ts";
import { newUuid } from "../values/random.ts";
import { aliasMount, entityInfo } from "./entity-info.ts";
import { booleanField, policiesField, textField, textMapField } from "./fields.ts";
import { lookUp, lookupFields } from "./identity-lookup.ts";
import { type ApiCall, type ApiRoute, listOf, route } from "./route.ts";

const entityFields = {
  disabled: "boolean",
  id: "string",
  metadata: "object",
  name: "string",
  policies: "array",
} as const;

/** The paths of entities. */
export const entityRoutes: readonly ApiRoute[] = [
  route("entity", "Make or change an entity.", { update: (call) => write(call, byIdOrName(call)) }, entityFields),
  route("entity/id", "List the entities by their ids.", {
    list: listById,
  }),
  route(
    "entity/id/:id",
    "Read, change and delete an entity.",
    {
      read: (call) => shown(call, call.state.entities.record(call.params["id"] ?? "")),
      update: (call) => write(call, byId(call.state, call.params["id"] ?? "")),
      delete: (call) => remove(call, call.state.entities.record(call.params["id"] ?? "")),
    },
    entityFields,
  ),
  route("entity/name", "List the entities by their names.", {
    list: ({ state }) => listOf(state.entities.records().map(({ name }) => name)),
  }),
  route(
    "entity/name/:name",
    "Read, write and delete an entity by its name.",
    {
      read: (call) => shown(call, call.state.entities.recordByName(call.params["name"] ?? "")),
      update: (call) => write(call, call.state.entities.recordByName(call.params["name"] ?? "")),
      delete: (call) => remove(call, call.state.entities.recordByName(call.params["name"] ?? "")),
    },
    entityFields,
  ),
  route(
    "lookup/entity",
    "Find an entity by its id, its name or an alias.",
    {
      update: (call) => shown(call, find(call)),
    },
    lookupFields,
  ),
];

function find({ state: { entities }, data }: ApiCall): EntityRecord | undefined {
  return lookUp(data, {
    byId: entities.record,
    byName: entities.recordByName,
    byAliasId: (id) => entities.records().find(({ aliases }) => aliases.some((alias) => alias.id === id)),
    byAlias: entities.recordByAlias,
  });
}

function shown({ state }: ApiCall, record: EntityRecord | undefined): HostResponse | undefined {
  return record && { data: entityInfo(state, record) };
}

function listById({ state }: ApiCall): HostResponse {
  const records = state.entities.records();
  if (records.length === 0) return { data: {} };
  const infos = records.map((record) => [record.id, listedEntity(state, record)]);
  return { data: { key_info: Object.fromEntries(infos), keys: records.map(({ id }) => id) } };
}

function listedEntity(state: HostState, { name, aliases }: EntityRecord): Data {
  const infos = aliases.map((alias) => ({ id: alias.id, ...aliasMount(state, alias), name: alias.name }));
  return { ...(infos.length > 0 && { aliases: infos }), name };
}

function byIdOrName({ state, data }: ApiCall): EntityRecord | undefined {
  const id = textField(data, "id");
  return id === "" ? state.entities.recordByName(textField(data, "name")) : byId(state, id);
}

function byId({ entities }: HostState, id: string): EntityRecord {
  const found = entities.record(id);
  if (found === undefined) throw new UserError("entity not found from id");
  return found;
}

/** A new entity is told of; a changed one is not. */
function write({ state, data, params }: ApiCall, before: EntityRecord | undefined): HostResponse | undefined {
  const now = state.clock.now().getTime();
  const id = before?.id ?? newUuid();
  const name = textField(data, "name") || (before?.name ?? params["name"] ?? `entity_${id.slice(0, 8)}`);
  const namesake = state.entities.recordByName(name);
  if (namesake !== undefined && namesake.id !== id) throw new UserError("entity name is already in use");
  const policies = policiesField(data, "policies") ?? before?.policies ?? [];
  state.entities.save({
    id,
    name,
    policies,
    metadata: textMapField(data, "metadata") ?? before?.metadata ?? {},
    isDisabled: booleanField(data, "disabled") ?? before?.isDisabled ?? false,
    createdAtMs: before?.createdAtMs ?? now,
    updatedAtMs: now,
    aliases: before?.aliases ?? [],
  });
  return before === undefined ? { data: { aliases: null, id, name } } : undefined;
}

function remove({ state }: ApiCall, record: EntityRecord | undefined): undefined {
  if (record === undefined) return;
  state.store.atomically(() => {
    for (const group of state.groups.ofEntity(record.id).direct) state.groups.save(withoutMember(group, record.id));
    state.entities.delete(record.id);
  });
}
