import type { HostKind } from "@vaultwright/core/launch";
import type { EntityRecord } from "../identity/entity-record.ts";
import type { GroupRecord } from "../identity/group-record.ts";
import { parseDuration } from "../values/duration.ts";

/** Of whom and of when the templates in policies speak. */
export interface TemplateIdentity {
  readonly entity: EntityRecord | undefined;
  readonly groups: readonly GroupRecord[];
  now(): Date;
}

/** Says whether the path of a policy has directives; throws `SyntaxError` where their braces do not match. */
export function isTemplate(path: string): boolean {
  const [start = "", ...pieces] = path.split("{{");
  const isBalanced = !start.includes("}}") && pieces.every((piece) => piece.split("}}").length === 2);
  if (!isBalanced) throw new SyntaxError("failed to validate policy templating: unbalanced templating characters");
  return pieces.length > 0;
}

/** Says whether what a template stands for is another at each time. */
export function speaksOfTime(path: string): boolean {
  return /\{\{\s*time\./.test(path);
}

/** Fills in the directives of a path; gives nothing where one has no value, or one that the product does not take. */
export function filledTemplate(path: string, identity: TemplateIdentity, kind: HostKind): string | undefined {
  let isWhole = true;
  const whole = path.replace(/\{\{(.*?)\}\}/gs, (_all, directive: string) => {
    const value = valueFor(directive.trim(), identity);
    // To OpenBao, a value with a wildcard would widen what the template grants.
    isWhole &&= value !== undefined && !(kind === "openbao" && /[*+]/.test(value));
    return value ?? "";
  });
  return isWhole ? whole : undefined;
}

function valueFor(directive: string, { entity, groups, now }: TemplateIdentity): string | undefined {
  const [, scope, rest = ""] = /^(identity\.entity|identity\.groups|time)\.(.*)$/s.exec(directive) ?? [];
  if (scope === "time") return timeOf(rest, now());
  if (scope === "identity.groups") return ofGroups(rest, groups);
  return scope === undefined || entity === undefined ? undefined : ofEntity(rest, entity);
}

type Texts = Readonly<Record<string, string>>;

/** What an entity, an alias and a group have in common. */
function ofNamed(member: string, named: { readonly id: string; readonly name: string; readonly metadata: Texts }) {
  if (member === "id") return filled(named.id);
  if (member === "name") return filled(named.name);
  return ofTexts(member, "metadata.", named.metadata);
}

function ofTexts(member: string, prefix: string, texts: Texts): string | undefined {
  const key = member.slice(prefix.length);
  return member.startsWith(prefix) && Object.hasOwn(texts, key) ? texts[key] : undefined;
}

function ofEntity(member: string, entity: EntityRecord): string | undefined {
  const [, accessor, rest] = /^aliases\.([^.]*)\.(.*)$/s.exec(member) ?? [];
  if (accessor === undefined || rest === undefined) return ofNamed(member, entity);
  const alias = entity.aliases.find(({ mountAccessor }) => mountAccessor === accessor);
  return alias && (ofNamed(rest, alias) ?? ofTexts(rest, "custom_metadata.", alias.customMetadata ?? {}));
}

function ofGroups(selector: string, groups: readonly GroupRecord[]): string | undefined {
  const [, by, wanted, member = ""] = /^(ids|names)\.([^.]*)\.(.*)$/s.exec(selector) ?? [];
  const group = groups.find(({ id, name }) => (by === "ids" ? id : name) === wanted);
  return group && ofNamed(member, { ...group, metadata: group.metadata ?? {} });
}

function timeOf(selector: string, now: Date): string | undefined {
  const match = /^now(?:\.(plus|minus)\.(.*))?$/s.exec(selector);
  const seconds = match === null ? undefined : secondsOf(match[2] ?? "0");
  if (seconds === undefined) return undefined;
  return String(Math.floor(now.getTime() / 1000 + (match?.[1] === "minus" ? -seconds : seconds)));
}

function secondsOf(duration: string): number | undefined {
  try {
    return parseDuration(duration);
  } catch {
    // A directive that stands for nothing takes its path out of the policy, and says so to nobody.
    return undefined;
  }
}

function filled(text: string): string | undefined {
  return text === "" ? undefined : text;
}
