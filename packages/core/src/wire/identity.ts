import type { Entity as EntityMessage, Group as GroupMessage } from "../gen/logical/identity.ts";
import type { Entity, Group } from "../logical/system-view.ts";
import { aliasFromWire, aliasToWire } from "./alias.ts";

/** Gives an entity as a message. */
export function entityToWire({ aliases, metadata, ...scalars }: Entity): EntityMessage {
  return { ...scalars, aliases: aliases.map(aliasToWire), metadata: new Map(metadata) };
}

/** Reads an entity. */
export function entityFromWire({ aliases, ...same }: EntityMessage): Entity {
  return { ...same, aliases: aliases.map(aliasFromWire) };
}

/** Gives a group as a message. */
export function groupToWire({ metadata, ...scalars }: Group): GroupMessage {
  return { ...scalars, metadata: new Map(metadata) };
}

/** Reads a group. */
export function groupFromWire(group: GroupMessage): Group {
  return { ...group };
}
