import type { Alias } from "../../logical/auth.ts";
import { UserError } from "../../logical/errors.ts";
import type { Entity, Group } from "../../logical/system-view.ts";
import { signedSeconds } from "../coerce/duration.ts";
import { goQuote } from "../coerce/go-quote.ts";
import { Refusal } from "../coerce/refusal.ts";

/** What a directive stands for; `plain` is written as it is in any form of output. */
export type IdentityValue =
  | { readonly kind: "text" | "plain"; readonly text: string | undefined }
  | { readonly kind: "list"; readonly list: readonly string[] }
  | { readonly kind: "map"; readonly map: ReadonlyMap<string, string> }
  | { readonly kind: "member"; readonly map: ReadonlyMap<string, string>; readonly key: string };

/** Whom a template speaks of. */
export interface Identity {
  readonly entity: Entity;
  readonly groups: readonly Group[];
  /** What stands for an alias that the entity lacks, if anything may. */
  readonly missingAlias?: Alias;
  readonly now: Date;
}

/** Finds what a directive stands for. */
export function findValue(directive: string, identity: Identity): IdentityValue {
  const [, scope, rest = ""] = /^(identity\.entity|identity\.groups|time)\.(.*)$/s.exec(directive) ?? [];
  if (scope === "identity.entity") return ofEntity(rest, identity);
  if (scope === "identity.groups") return ofGroups(rest, identity.groups);
  if (scope === "time") return plain(String(Math.floor(momentOf(rest, identity.now) / 1000)));
  return notFound();
}

/** Refuses a directive that stands for nothing. */
export function notFound(): never {
  throw new UserError("no value could be found for one of the template directives");
}

function ofEntity(name: string, { entity, groups, missingAlias }: Identity): IdentityValue {
  if (name === "id") return text(entity.id);
  if (name === "name") return text(entity.name);
  if (name === "groups.names") return { kind: "list", list: groups.map((group) => group.name) };
  if (name === "groups.ids") return { kind: "list", list: groups.map((group) => group.id) };
  if (!name.startsWith("aliases.")) return ofMetadata(name, "metadata", entity.metadata) ?? notFound();
  const [accessor, member] = splitOnce(name.slice("aliases.".length));
  if (member === undefined) throw new UserError("invalid alias selector");
  const alias = entity.aliases.find(({ mountAccessor }) => mountAccessor === accessor) ?? missingAlias;
  if (!alias) throw new UserError("alias not found");
  return ofAlias(member, alias);
}

function ofAlias(name: string, alias: Alias): IdentityValue {
  if (name === "id") return text(alias.id ?? "");
  if (name === "name") return text(alias.name);
  return (
    ofMetadata(name, "metadata", alias.metadata) ??
    ofMetadata(name, "custom_metadata", alias.customMetadata) ??
    notFound()
  );
}

function ofMetadata(
  name: string,
  prefix: string,
  map: ReadonlyMap<string, string> = new Map(),
): IdentityValue | undefined {
  if (name === prefix) return { kind: "map", map };
  if (!name.startsWith(`${prefix}.`)) return undefined;
  return { kind: "member", map, key: name.slice(prefix.length + 1) };
}

function ofGroups(selector: string, groups: readonly Group[]): IdentityValue {
  if (groups.length === 0)
    throw new UserError("string contains groups template directives but no groups were provided");
  const [by, rest] = splitOnce(selector);
  if (rest === undefined || (by !== "ids" && by !== "names")) throw new UserError("invalid groups selector");
  const [wanted, member] = splitOnce(rest);
  if (member === undefined) throw new UserError("invalid groups accessor");
  const group = groups.find(({ id, name }) => (by === "ids" ? id : name) === wanted);
  if (!group) throw new UserError(`entity is not a member of group ${goQuote(wanted)}`);
  if (member === "id") return plain(group.id);
  if (member === "name") return plain(group.name === "" ? undefined : group.name);
  return plain(member.startsWith("metadata.") ? group.metadata.get(member.slice("metadata.".length)) : undefined);
}

/** Reads `now`, `now.plus.<duration>` or `now.minus.<duration>`; gives milliseconds. */
function momentOf(selector: string, now: Date): number {
  const [start = "", operator, ...rest] = selector.split(".");
  if (start !== "now") throw new UserError(`invalid time selector ${goQuote(start)}`);
  if (operator === undefined) return now.getTime();
  if (rest.length === 0) throw new UserError("missing time operand");
  const delayMs = secondsOf(rest.join(".")) * 1000;
  if (operator === "plus") return now.getTime() + delayMs;
  if (operator === "minus") return now.getTime() - delayMs;
  throw new UserError(`invalid time operator ${goQuote(operator)}`);
}

function secondsOf(duration: string): number {
  try {
    return signedSeconds(duration) ?? 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new UserError(`invalid duration: ${error.message}`, { cause: error });
  }
}

function splitOnce(text: string): readonly [first: string, rest: string | undefined] {
  const dot = text.indexOf(".");
  return dot === -1 ? [text, undefined] : [text.slice(0, dot), text.slice(dot + 1)];
}

function text(found: string): IdentityValue {
  return { kind: "text", text: found };
}

function plain(found: string | undefined): IdentityValue {
  return { kind: "plain", text: found };
}
