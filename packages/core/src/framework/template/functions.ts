import { createHash, randomUUID } from "node:crypto";
import { matchesGlob } from "../glob.ts";
import { randomBase62 } from "../random.ts";
import { equalsAny, isLess } from "./compare.ts";
import { format } from "./format.ts";
import { longestText, tooLong } from "./longest-text.ts";
import { TemplateFault } from "./template-fault.ts";
import { formatTime } from "./timestamp.ts";
import { isList, isMap, isTrue, print, typeName, type Value } from "./values.ts";

/** What an argument may be. */
export type Parameter = "int" | "string" | "any";

/** A function of templates. */
export interface TemplateFunction {
  readonly parameters: readonly Parameter[];
  /** What may follow, any number of times. */
  readonly rest?: Parameter;
  /** Gets arguments that are of the kinds of its parameters. */
  call(values: readonly Value[]): Value;
}

/** The functions of templates, but for `and` and `or`, which do not look at all of their arguments. */
export const functions: ReadonlyMap<string, TemplateFunction> = new Map([
  ["eq", { parameters: ["any"], rest: "any", call: ([first, ...rest]) => equalsAny(first, rest) }],
  ["ne", ofTwo((a, b) => !equalsAny(a, [b]))],
  ["lt", ofTwo(isLess)],
  ["le", ofTwo((a, b) => isLess(a, b) || equalsAny(a, [b]))],
  ["gt", ofTwo((a, b) => !isLess(a, b) && !equalsAny(a, [b]))],
  ["ge", ofTwo((a, b) => !isLess(a, b))],
  ["not", { parameters: ["any"], call: ([value]) => !isTrue(value) }],
  ["len", { parameters: ["any"], call: ([value]) => lengthOf(value) }],
  ["index", { parameters: ["any"], rest: "any", call: ([value, ...keys]) => keys.reduce(memberOf, value) }],
  ["print", { parameters: [], rest: "any", call: printed }],
  ["println", { parameters: [], rest: "any", call: (values) => `${values.map((each) => print(each)).join(" ")}\n` }],
  ["printf", { parameters: ["string"], rest: "any", call: ([template, ...rest]) => format(print(template), rest) }],
  ["random", { parameters: ["int"], call: ([length]) => random(Number(length)) }],
  ["truncate", ofCount(truncate)],
  ["truncate_sha256", ofCount(truncateSha256)],
  ["uppercase", ofText((text) => eachCharacter(text, (character) => character.toUpperCase()))],
  ["lowercase", ofText((text) => eachCharacter(text, (character) => character.toLowerCase()))],
  [
    "replace",
    {
      parameters: ["string", "string", "string"],
      call: ([find, replacement, text]) => replaced(print(find), print(replacement), print(text)),
    },
  ],
  ["sha256", ofText((text) => sha256(Buffer.from(text)))],
  ["base64", ofText((text) => Buffer.from(text).toString("base64"))],
  ["hex", ofText((text) => Buffer.from(text).toString("hex"))],
  ["decode_base64", ofText((text) => decode(text, "base64", /^(?:[a-z\d+/]{4})*(?:[a-z\d+/]{2}==|[a-z\d+/]{3}=)?$/i))],
  ["decode_hex", ofText((text) => decode(text, "hex", /^(?:[\da-f]{2})*$/i))],
  ["glob", { parameters: ["string", "string"], call: ([pattern, text]) => matchesGlob(print(pattern), print(text)) }],
  ["unix_time", { parameters: [], call: () => String(Math.floor(Date.now() / 1000)) }],
  ["unix_time_millis", { parameters: [], call: () => String(Date.now()) }],
  ["timestamp", ofText((layout) => formatTime(layout, new Date()))],
  ["uuid", { parameters: [], call: () => randomUUID() }],
] satisfies readonly (readonly [string, TemplateFunction])[]);

function ofText(call: (text: string) => Value): TemplateFunction {
  return { parameters: ["string"], call: ([text]) => call(print(text)) };
}

function ofTwo(call: (a: Value, b: Value) => Value): TemplateFunction {
  return { parameters: ["any", "any"], call: ([a, b]) => call(a, b) };
}

function ofCount(call: (count: number, bytes: Buffer) => string): TemplateFunction {
  return { parameters: ["int", "string"], call: ([count, text]) => call(Number(count), Buffer.from(print(text))) };
}

const mostRandom = 100_000;

/** No name is as long as this, and a plugin must not run out of memory by an operator's slip. */
function random(length: number): string {
  if (length > mostRandom) throw new TemplateFault(`length must be at most ${mostRandom} but was ${length}`);
  return randomBase62(length);
}

/** Nothing stands before and after each character, where the language would also look for it in the middle of one. */
function replaced(find: string, replacement: string, text: string): string {
  const parts = find === "" ? ["", ...text, ""] : text.split(find);
  // Looked at before, since a few of these in a row make a text that takes a minute and all memory.
  if (text.length + (parts.length - 1) * replacement.length > longestText) throw new TemplateFault(tooLong);
  return parts.join(replacement);
}

function truncate(most: number, bytes: Buffer): string {
  if (most <= 0) throw new TemplateFault(`max length must be > 0 but was ${most}`);
  return bytes.subarray(0, most).toString();
}

const hashLength = 8;

/** Keeps texts apart that begin alike: what is cut off leaves a part of its hash. */
function truncateSha256(most: number, bytes: Buffer): string {
  if (most <= hashLength) throw new TemplateFault(`max length must be > ${hashLength} but was ${most}`);
  if (bytes.length <= most) return bytes.toString();
  const kept = most - hashLength;
  return bytes.subarray(0, kept).toString() + sha256(bytes.subarray(kept)).slice(0, hashLength);
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Changes the case as Go does, character by character, so that no text becomes longer. */
function eachCharacter(text: string, change: (character: string) => string): string {
  const changed = (character: string) => {
    const found = change(character);
    return [...found].length === 1 ? found : character;
  };
  return [...text].map(changed).join("");
}

function decode(text: string, encoding: "base64" | "hex", form: RegExp): string {
  if (!form.test(text)) throw new TemplateFault(`illegal ${encoding} data`);
  return Buffer.from(text, encoding).toString();
}

function lengthOf(value: Value): number {
  if (typeof value === "string") return Buffer.byteLength(value);
  if (isList(value)) return value.length;
  if (isMap(value)) return Object.keys(value).length;
  throw new TemplateFault(`len of type ${typeName(value)}`);
}

function memberOf(value: Value, key: Value): Value {
  if (isMap(value)) return Object.hasOwn(value, print(key)) ? value[print(key)] : "";
  if (!isList(value)) throw new TemplateFault(`can't index item of type ${typeName(value)}`);
  const found = value[Number(key)];
  if (found === undefined) throw new TemplateFault(`index out of range: ${print(key)}`);
  return found;
}

/** Spaces stand between values where neither is a text. */
function printed(values: readonly Value[]): string {
  return values.reduce<string>((text, value, index) => {
    const isApart = index > 0 && typeof value !== "string" && typeof values[index - 1] !== "string";
    return `${text}${isApart ? " " : ""}${print(value)}`;
  }, "");
}
