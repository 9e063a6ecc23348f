import { LogicalError, UserError } from "../../logical/errors.ts";
import type { SystemView } from "../../logical/system-view.ts";
import { goQuote } from "../coerce/go-quote.ts";
import { encodeStored } from "../stored-json.ts";
import { splitTemplate } from "./directives.ts";
import { findValue, type IdentityValue, notFound } from "./values.ts";

/** Whose values a template gets, and in which form. */
export interface IdentityTemplateOptions {
  readonly system: SystemView;
  /** The entity, for instance `request.entityId`. */
  readonly entityId: string | undefined;
  /** Values as text, which refuses lists, or as JSON; `text` by default. */
  readonly form?: "text" | "json";
}

/** Whether a text has directives of identity templates; one whose braces do not match is thrown as `UserError`. */
export function isIdentityTemplate(template: string): boolean {
  return splitTemplate(template).rest.length > 0;
}

/**
 * Replaces directives such as `{{identity.entity.name}}` by what the host knows of an entity and its groups; what has no
 * value is thrown as `UserError`.
 */
export async function populateIdentityTemplate(template: string, options: IdentityTemplateOptions): Promise<string> {
  const { system, entityId = "", form = "text" } = options;
  const { start, rest } = splitTemplate(template);
  const entity = entityId === "" ? undefined : await system.entity(entityId);
  if (!entity) throw new LogicalError("unknown", "no entity found");
  const groups = await system.groupsOfEntity(entityId);
  const identity = { entity, groups, now: new Date(), ...(form === "json" ? { missingAlias: { name: "" } } : {}) };
  const write = form === "json" ? asJson : asText;
  const written = rest.map(({ directive, text }) => {
    const value = write(findValue(directive, identity));
    // A value with a wildcard would widen what the template grants.
    const [wildcard] = (system.host.kind === "openbao" && form === "text" && /[*+]/.exec(value)) || [];
    if (wildcard !== undefined) throw new UserError(`template substitution contains forbidden value "${wildcard}"`);
    return value + text;
  });
  return start + written.join("");
}

function asText(value: IdentityValue): string {
  const found = value.kind === "member" ? value.map.get(value.key) : textOf(value);
  if (found === undefined || (found === "" && value.kind === "text")) return notFound();
  return found;
}

function asJson(value: IdentityValue): string {
  switch (value.kind) {
    case "text":
      return goQuote(value.text ?? "");
    case "member":
      return goQuote(value.map.get(value.key) ?? "");
    case "list":
      return jsonOf(value.list);
    case "map":
      return jsonOf(Object.fromEntries([...value.map].sort(([a], [b]) => (a < b ? -1 : 1))));
    default:
      return textOf(value) ?? notFound();
  }
}

function textOf(value: IdentityValue): string | undefined {
  return value.kind === "text" || value.kind === "plain" ? value.text : undefined;
}

/** Go escapes here what it escapes in storage, and ends only stored values with a newline. */
function jsonOf(value: unknown): string {
  return new TextDecoder().decode(encodeStored(value)).trimEnd();
}
