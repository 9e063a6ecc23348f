import { type Field, type Kinds, LogicalError, path, secretsEngine, stringifyJson, t } from "@vaultwright/core";
import { harness } from "@vaultwright/core/testing";

/** What the guide shows of a kind of field: the type of its values, and values that a request may try. */
interface Shown {
  readonly type: string;
  readonly sent: readonly unknown[];
  readonly field?: Field<unknown>;
}

/** Every kind; one that is added without being shown does not compile. */
const kinds: { readonly [K in keyof Kinds]: Shown } = {
  string: { type: "string", sent: ["a b", 7, true, null, ["a"]] },
  lowerCaseString: { type: "string", sent: ["WWW.Example.com"] },
  name: { type: "string", sent: ["web-1.eu", "ada@example.com", "-web", ""] },
  nameWithAt: { type: "string", sent: ["ada@example.com", "@ada"] },
  oneOf: { type: '"GET" | "POST"', sent: ["GET", "get", null], field: t.oneOf(["GET", "POST"]) },
  bool: { type: "boolean", sent: [true, "true", "1", 0, "", "yes", null] },
  int: { type: "number", sent: [42, "42", "0x2a", "010", 1.9, "1.9", "", null, "many"] },
  int64: { type: "bigint", sent: [42, 9007199254740993n, "9223372036854775807", "9223372036854775808"] },
  float: { type: "number", sent: [1.5, "1.5e3", "Inf"] },
  seconds: { type: "number", sent: [90, "90", "1h30m", "7d", "1500ms", "1.5", "1d12h", "-5s", null] },
  signedSeconds: { type: "number", sent: ["-5s"] },
  time: { type: "Date", sent: ["2026-01-02T03:04:05+02:00", "1767225600", 1767225600, "tomorrow", null] },
  list: { type: "readonly unknown[]", sent: [[1, "a", {}], "a", null] },
  strings: { type: "readonly string[]", sent: [["a", " b ", 1], "a,b", [["a"]]] },
  commaStrings: { type: "readonly string[]", sent: ["a, b", ["a,b", "c"], "", null] },
  commaInts: { type: "readonly number[]", sent: ["80,443", [80, "0x50"], 80, "80, 443"] },
  map: { type: "Readonly<Record<string, unknown>>", sent: [{ a: { b: 1 } }, [{ a: 1 }, { b: 2 }], null, '{"a":1}'] },
  pairs: {
    type: "Readonly<Record<string, string>>",
    sent: [{ team: "ops", tier: 1 }, "team=ops", ["team=ops", "tier=1"], "team"],
  },
  header: {
    type: "HeaderMap",
    sent: [{ accept: ["text/html", "text/plain"] }, ["accept:text/html"], '{"accept":"text/html"}', { accept: 1 }],
  },
};

/** Makes the table that shows what each kind makes of what a request sends, by sending it. */
export async function fieldKindsTable(): Promise<string> {
  const lines = ["| kind | type | sent | seen by the handler |", "| --- | --- | --- | --- |"];
  for (const [kind, { type, sent, field = plainField(kind) }] of Object.entries(kinds)) {
    for (const [index, value] of sent.entries()) {
      const [first, second] = index === 0 ? [code(`t.${kind}`), code(type)] : ["", ""];
      lines.push(`| ${first} | ${second} | ${code(stringifyJson(value))} | ${await outcome(field, value)} |`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function plainField(kind: string): Field<unknown> {
  const builders = new Map<string, () => Field<unknown>>(Object.entries({ ...t, oneOf: () => t.oneOf(["a"]) }));
  const make = builders.get(kind);
  if (!make) throw new Error(`t has no ${kind}`);
  return make();
}

/** Says what a handler saw of a value that a mount was sent, or why it was refused. */
async function outcome(field: Field<unknown>, value: unknown): Promise<string> {
  let seen: unknown;
  const x = path("x", {
    summary: "",
    fields: { value: field },
    update({ fields }) {
      seen = fields.value;
    },
  });
  const mount = await harness(() => secretsEngine({ help: "", paths: [x] }));
  try {
    await mount.write("x", { value });
  } catch (error) {
    if (!(error instanceof LogicalError) || error.kind !== "user") throw error;
    return `refused: ${error.message.replace(/^.*field "value": /, "")}`;
  }
  return seen === undefined ? "*no member*" : code(written(seen));
}

/** Writes a value as TypeScript does. */
function written(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof Date) return `new Date("${value.toISOString()}")`;
  if (value instanceof Map) return `new Map(${JSON.stringify([...value])})`;
  return JSON.stringify(value);
}

/** A bar would end the cell of a table. */
function code(text: string): string {
  return `\`${text.replaceAll("|", "\\|")}\``;
}
