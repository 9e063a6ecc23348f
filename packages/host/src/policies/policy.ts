import { type HostKind, UserError } from "@vaultwright/core/launch";
import { parseDuration } from "../values/duration.ts";
import { type HclItem, type HclObject, type HclValue, isHclObject, parseHcl } from "./hcl.ts";
import { isTemplate } from "./path-template.ts";

const common = ["sudo", "read", "list", "update", "delete", "create", "patch"] as const;

/** What a policy can allow, product by product. */
const capabilities = { vault: [...common, "subscribe", "recover"], openbao: [...common, "scan"] } as const;

/** Something that a policy can allow. */
export type Capability = (typeof capabilities)[HostKind][number];

/** Values that a parameter may or must not have; none means any. */
export type ParameterRules = ReadonlyMap<string, readonly HclValue[]>;

/** What all policies of a caller together say of one path. */
export interface Permissions {
  readonly isDenied: boolean;
  readonly capabilities: ReadonlySet<Capability>;
  readonly allowedParameters?: ParameterRules | undefined;
  readonly deniedParameters?: ParameterRules | undefined;
  readonly requiredParameters: readonly string[];
  readonly minWrappingTtl: number;
  readonly maxWrappingTtl: number;
}

/** What a policy says of one path. */
export interface PathRule extends Permissions {
  /** As written, without a leading slash: may end in `*`, and may have `+` for whole segments. */
  readonly path: string;
  /** Whether the path has directives that are filled in for each caller. */
  readonly isTemplate: boolean;
}

const pathKeys = new Set([
  "comment",
  "policy",
  "capabilities",
  "allowed_parameters",
  "denied_parameters",
  "required_parameters",
  "min_wrapping_ttl",
  "max_wrapping_ttl",
]);

const unsupportedKeys = new Set(["mfa_methods", "control_group", "subscribe_event_types"]);

/** The one-word policies of old documents. */
const oldPolicies: Readonly<Record<string, readonly string[]>> = {
  deny: ["deny"],
  read: ["read", "list"],
  write: ["create", "read", "update", "delete", "list"],
  sudo: ["create", "read", "update", "delete", "list", "sudo"],
};

/** Parses a policy document in HCL or JSON. Throws `UserError` with what is wrong and where. */
export function parsePolicy(source: string, kind: HostKind): PathRule[] {
  try {
    return pathBlocks(parseHcl(source)).map(([path, body]) => pathRule(path, body, kind));
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`failed to parse policy: ${problem}`, { cause });
  }
}

function pathBlocks(document: HclObject): [path: string, body: HclObject][] {
  return document.items.flatMap(({ keys: [kind, ...labels], value }) => {
    if (kind === "name") return [];
    if (kind !== "path") throw new SyntaxError(`invalid key ${JSON.stringify(kind)}`);
    return labeledBodies(labels, value);
  });
}

function labeledBodies(labels: readonly string[], value: HclValue): [string, HclObject][] {
  if (Array.isArray(value)) return value.flatMap((part: HclValue) => labeledBodies(labels, part));
  if (typeof value !== "object" || !isHclObject(value)) throw new SyntaxError("path must be a block");
  const [label, ...others] = labels;
  if (others.length > 0) throw new SyntaxError("path must have one label");
  if (label !== undefined) return [[label, value]];
  return value.items.flatMap(({ keys, value: body }) => labeledBodies(keys, body));
}

function pathRule(label: string, body: HclObject, kind: HostKind): PathRule {
  const inPath = (problem: string): SyntaxError => new SyntaxError(`path ${JSON.stringify(label)}: ${problem}`);
  const hasDirectives = isTemplate(label);
  const path = label.replace(/^\//, "");
  if (path.includes("+*")) throw inPath("invalid use of wildcards ('+*' is forbidden)");
  for (const { keys } of body.items) {
    const key = keys[0] ?? "";
    if (unsupportedKeys.has(key)) throw inPath(`${key} is not supported by this server`);
    if (!pathKeys.has(key)) throw inPath(`invalid key ${JSON.stringify(key)}`);
  }
  const names = [...texts(member(body, "capabilities")), ...oldCapabilities(body, inPath)];
  const isDenied = names.includes("deny");
  const minWrappingTtl = parseDuration(member(body, "min_wrapping_ttl") ?? 0);
  const maxWrappingTtl = parseDuration(member(body, "max_wrapping_ttl") ?? 0);
  if (maxWrappingTtl !== 0 && maxWrappingTtl < minWrappingTtl)
    throw inPath("max_wrapping_ttl cannot be less than min_wrapping_ttl");
  return {
    path,
    isTemplate: hasDirectives,
    isDenied,
    capabilities: new Set(isDenied ? [] : names.map((name) => capability(name, kind, inPath))),
    allowedParameters: parameterRules(member(body, "allowed_parameters")),
    deniedParameters: parameterRules(member(body, "denied_parameters")),
    requiredParameters: texts(member(body, "required_parameters")),
    minWrappingTtl,
    maxWrappingTtl,
  };
}

function oldCapabilities(body: HclObject, inPath: (problem: string) => SyntaxError): readonly string[] {
  const name = member(body, "policy");
  if (name === undefined) return [];
  const found = typeof name === "string" && Object.hasOwn(oldPolicies, name) ? oldPolicies[name] : undefined;
  if (found === undefined) throw inPath(`invalid policy ${JSON.stringify(name)}`);
  return found;
}

function capability(name: string, kind: HostKind, inPath: (problem: string) => SyntaxError): Capability {
  const found = capabilities[kind].find((known) => known === name);
  if (found === undefined) throw inPath(`invalid capability ${JSON.stringify(name)}`);
  return found;
}

function member(body: HclObject, key: string): HclValue | undefined {
  return body.items.findLast((item: HclItem) => item.keys[0] === key)?.value;
}

function texts(value: HclValue | undefined): string[] {
  if (value === undefined) return [];
  if (typeof value === "string") return [value];
  if (!Array.isArray(value)) throw new SyntaxError("expected a list of texts");
  return value.map(String);
}

function parameterRules(value: HclValue | undefined): ParameterRules | undefined {
  if (value === undefined) return undefined;
  const body = Array.isArray(value) ? { items: value.flatMap(itemsOf) } : { items: itemsOf(value) };
  return new Map(
    body.items.map(({ keys, value: allowed }) => [
      (keys[0] ?? "").toLowerCase(),
      Array.isArray(allowed) ? allowed : [allowed],
    ]),
  );
}

function itemsOf(value: HclValue): readonly HclItem[] {
  if (typeof value === "object" && isHclObject(value)) return value.items;
  throw new SyntaxError("expected an object of parameters");
}
