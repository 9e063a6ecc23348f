import { UserError } from "@vaultwright/core/launch";
import type { AliasRecord, EntityRecord } from "../identity/entity-record.ts";
import type { HostState } from "../state.ts";
import { newUuid } from "../values/random.ts";
import { aliasInfo, aliasList, authMount } from "./entity-info.ts";
import { textField, textMapField } from "./fields.ts";
import { type ApiCall, type ApiRoute, route } from "./route.ts";

const aliasFields = {
  canonical_id: "string",
  custom_metadata: "object",
  entity_id: "string",
  id: "string",
  mount_accessor: "string",
  name: "string",
} as const;

/** The paths of what entities are known as at mounts. */
export const entityAliasRoutes: readonly ApiRoute[] = [
  route("entity-alias", "Give an entity an alias.", { update: write }, aliasFields),
  route("entity-alias/id", "List the aliases of entities.", { list }),
  route("entity-alias/id/:id", "Read and delete an alias of an entity.", { read, delete: remove }, aliasFields),
];

interface Found {
  readonly entity: EntityRecord;
  readonly alias: AliasRecord;
}

function all({ entities }: HostState): Found[] {
  return entities.records().flatMap((entity) => entity.aliases.map((alias) => ({ entity, alias })));
}

function find(call: ApiCall): Found | undefined {
  return all(call.state).find(({ alias }) => alias.id === call.params["id"]);
}

function list({ state }: ApiCall) {
  return aliasList(
    state,
    all(state).map(({ entity, alias }) => ({ ownerId: entity.id, alias })),
  );
}

function read(call: ApiCall) {
  const found = find(call);
  return found && { data: { ...aliasInfo(call.state, found.entity, found.alias), namespace_id: "root" } };
}

function remove(call: ApiCall): undefined {
  const found = find(call);
  if (found === undefined) return;
  call.state.entities.save(without(found.entity, found.alias));
}

function write({ state, data }: ApiCall) {
  const [name, mountAccessor] = [textField(data, "name"), textField(data, "mount_accessor")];
  if (name === "" || mountAccessor === "") throw new UserError("'id' or 'mount_accessor' and 'name' must be provided");
  const mount = authMount(state, mountAccessor);
  if (mount === undefined) throw new UserError(`invalid mount accessor ${JSON.stringify(mountAccessor)}`);
  const known = state.entities.recordByAlias({ name, mountAccessor });
  const before = known?.aliases.find((alias) => isSame(alias, { name, mountAccessor }));
  const owner = ownerOf(state, textField(data, "canonical_id"), known);
  if (known !== undefined && before !== undefined) state.entities.save(without(known, before));
  const now = state.clock.now().getTime();
  const alias: AliasRecord = {
    id: before?.id ?? newUuid(),
    name,
    mountType: mount.entry.type,
    mountAccessor,
    metadata: before?.metadata ?? {},
    customMetadata: textMapField(data, "custom_metadata") ?? (before === undefined ? {} : before.customMetadata),
    createdAtMs: before?.createdAtMs ?? now,
    updatedAtMs: now,
  };
  const { aliases } = before === undefined ? owner : without(owner, before);
  state.entities.save({ ...owner, aliases: [...aliases, alias] });
  // What stays with its entity is not told of.
  return owner === known ? undefined : { data: { canonical_id: owner.id, id: alias.id } };
}

function isSame(a: AliasRecord, b: Pick<AliasRecord, "name" | "mountAccessor">): boolean {
  return a.mountAccessor === b.mountAccessor && a.name.toLowerCase() === b.name.toLowerCase();
}

function without(entity: EntityRecord, alias: AliasRecord): EntityRecord {
  return { ...entity, aliases: entity.aliases.filter((other) => other.id !== alias.id) };
}

/** An alias moves to the entity that is named; without a name it stays, or an entity is made for it. */
function ownerOf(state: HostState, id: string, known: EntityRecord | undefined): EntityRecord {
  if (id === "" || known?.id === id) return known ?? emptyEntity(state);
  const owner = state.entities.record(id);
  if (owner === undefined) throw new UserError("invalid canonical ID");
  return owner;
}

function emptyEntity({ clock }: HostState): EntityRecord {
  const id = newUuid();
  const now = clock.now().getTime();
  const times = { createdAtMs: now, updatedAtMs: now };
  return { id, name: `entity_${id.slice(0, 8)}`, policies: [], metadata: {}, isDisabled: false, ...times, aliases: [] };
}
