import { randomInt } from "node:crypto";
import { BadRequest } from "@vaultwright/core/launch";
import { listErrors } from "../requests/failure.ts";
import { type HclItem, type HclObject, type HclValue, isHclObject, parseHcl } from "./hcl.ts";

/** How passwords are made: so many characters, and of some sets of characters at least so many. */
export interface PasswordPolicy {
  readonly length: number;
  readonly rules: readonly CharsetRule[];
}

interface CharsetRule {
  readonly charset: readonly string[];
  readonly minChars: number;
}

const shortest = 4;
const longest = 100;

/** Parses a password policy in HCL or JSON. Throws `BadRequest` with what is wrong. */
export function parsePasswordPolicy(source: string): PasswordPolicy {
  const document = parsed(source);
  const length = integer(document, "length");
  const rules = document.items.filter(({ keys }) => keys[0] === "rule").flatMap(rulesOf);
  const problems = problemsOf({ length, rules });
  if (problems.length > 0) invalid(listErrors(...problems));
  if (length < shortest || length > longest)
    throw new BadRequest(`passwords must be between ${shortest} and ${longest} characters`);
  return { length, rules };
}

/** Makes a password: first the characters that rules ask for, then any of all sets, in random order. */
export function generatePassword({ length, rules }: PasswordPolicy): string {
  const all = [...new Set(rules.flatMap(({ charset }) => charset))];
  const characters = rules.flatMap(({ charset, minChars }) => randomOf(charset, Math.max(minChars, 0)));
  const password = [...characters, ...randomOf(all, length - characters.length)];
  for (let index = password.length - 1; index > 0; index -= 1) {
    const other = randomInt(index + 1);
    [password[index], password[other]] = [password[other] ?? "", password[index] ?? ""];
  }
  return password.join("");
}

function randomOf(charset: readonly string[], count: number): string[] {
  return Array.from({ length: count }, () => charset[randomInt(charset.length)] ?? "");
}

function parsed(source: string): HclObject {
  try {
    return parseHcl(source);
  } catch (cause) {
    return invalid(`unable to decode: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function rulesOf({ keys: [, ...labels], value }: HclItem): CharsetRule[] {
  if (Array.isArray(value))
    return value.flatMap((part: HclValue) => rulesOf({ keys: ["rule", ...labels], value: part }));
  if (typeof value !== "object" || !isHclObject(value)) return invalid("unable to parse rules: a rule must be a block");
  const [type] = labels;
  if (type === undefined)
    return value.items.flatMap(({ keys, value: body }) => rulesOf({ keys: ["rule", ...keys], value: body }));
  if (type !== "charset")
    return invalid(`unable to parse rules: unable to parse rule ${type}: unrecognized rule type ${type}`);
  const charset = value.items.findLast(({ keys }) => keys[0] === "charset")?.value ?? "";
  return [{ charset: [...new Set(String(charset))], minChars: integer(value, "min-chars") }];
}

function integer(body: HclObject, key: string): number {
  const value = body.items.findLast(({ keys }) => keys[0] === key)?.value ?? 0;
  const number = typeof value === "string" ? Number.parseInt(value, 10) : value;
  if (typeof number === "number" && Number.isInteger(number)) return number;
  return invalid(`failed to decode configuration: '${key}' must be a whole number`);
}

function problemsOf({ length, rules }: PasswordPolicy): string[] {
  const characters = rules.flatMap(({ charset }) => charset);
  const needed = rules.reduce((sum, { minChars }) => sum + Math.max(minChars, 0), 0);
  return [
    ...(length <= 0 ? ["length must be > 0"] : []),
    ...(length > 0 && needed > length
      ? [`specified rules require at least ${needed} characters but ${length} is specified`]
      : []),
    ...(characters.length === 0 ? ["no charset specified"] : []),
    ...(characters.some((character) => /[\p{C}\p{Zl}\p{Zp}]/u.test(character))
      ? ["non-printable character in charset"]
      : []),
  ];
}

function invalid(problem: string, options: { readonly cause?: unknown } = {}): never {
  throw new BadRequest(`invalid password policy: ${problem}`, options);
}
