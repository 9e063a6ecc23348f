import type { Answer } from "../hosts/framework.ts";
import type { Kind } from "./values.ts";

/** What both frameworks made of one value. */
export interface Outcome {
  readonly kind: Kind;
  /** The value as JSON. */
  readonly value: string;
  readonly ours: Answer;
  readonly go: Answer;
}

/** A difference on purpose. */
interface Difference {
  /** The row of docs/decisions/framework-differences.md, in short. */
  readonly reason: string;
  readonly kinds: readonly Kind[];
  /** Whether the outcomes differ in just this way. */
  explains(outcome: Outcome): boolean;
}

/** The differences on purpose that values can show. Anything else that differs is a mistake of ours. */
export const differences: readonly Difference[] = [
  {
    reason: "no integer of 64 bits is that large; what Go makes of it is undefined",
    kinds: ["int", "int64", "commaInts"],
    explains: ({ ours, go }) => go.set && /integer is out of range$/.test(ours.error ?? ""),
  },
  {
    reason: "no answer could carry infinity and what is no number",
    kinds: ["float"],
    explains: ({ ours, go }) =>
      ["+Inf", "-Inf", "NaN"].includes(String(go.value)) && /number is out of range$/.test(ours.error ?? ""),
  },
  {
    reason: "a map that is null is empty",
    kinds: ["map", "pairs"],
    explains: ({ ours, go }) => go.set && go.value === null && sameJson(ours, { set: true, value: {} }),
  },
  {
    reason: "a time has whole milliseconds",
    kinds: ["time"],
    explains: ({ ours, go }) =>
      go.set && ours.set && String(ours.value) === String(go.value).replace(/(\.\d{3})\d{6}$/, "$1000000"),
  },
  {
    reason: "a time lies within what JavaScript can say, up to the year 275760",
    kinds: ["time"],
    explains: ({ ours, go }) => go.set && Math.abs(Number(go.value)) > 8.64e12 && ours.error !== undefined,
  },
  {
    reason: "a long text that is no pair may be a secret, so it is not repeated",
    kinds: ["pairs", "header"],
    explains: ({ ours, go }) => ours.error === "invalid key pair" && (go.error?.length ?? 0) > 64,
  },
  {
    reason: "no duration needs a hundred characters, so a longer text is not looked at and not repeated",
    kinds: ["seconds", "signedSeconds"],
    explains: ({ value, ours }) => ours.error === "time: invalid duration" && JSON.parse(value).length > 100,
  },
  {
    reason: "a text that goes on after its JSON is no JSON",
    kinds: ["header"],
    explains: ({ ours, go }) => ours.error === "cannot parse value as JSON" && go.set,
  },
  {
    reason: "bytes that are no UTF-8 become fewer replacement characters",
    kinds: ["header"],
    explains: ({ ours, go }) => sorted(ours).replaceAll("\ufffd", "") === sorted(go).replaceAll("\ufffd", ""),
  },
  {
    reason: "values of two spellings of a name come in the order of the request; Go's order is random",
    kinds: ["header"],
    explains: ({ ours, go }) => go.set && sorted(valuesSorted(ours.value)) === sorted(valuesSorted(go.value)),
  },
];

/** Texts that are the framework's own, which clients may match; the others come from a library, and say Go's types. */
const ownText =
  /^(?:cannot provide negative value|field does not match|invalid key pair|could not parse|multiplication of|time: |strconv\.ParseInt: parsing)/;

/** Says whether two outcomes are the same to a client, or differ on purpose. */
export function agree(outcome: Outcome): boolean {
  const { kind, ours, go } = outcome;
  return isSame(ours, go) || differences.some((each) => each.kinds.includes(kind) && each.explains(outcome));
}

function isSame(ours: Answer, go: Answer): boolean {
  if (go.error === undefined || ours.error === undefined) return sameJson(ours, go);
  return !ownText.test(go.error) || go.error === ours.error;
}

function sameJson(left: Answer, right: Answer): boolean {
  return sorted(left) === sorted(right);
}

function valuesSorted(headers: unknown): unknown {
  return Object.entries(headers ?? {}).map(([name, values]) => [
    name,
    Array.isArray(values) ? values.toSorted() : values,
  ]);
}

/** JSON with the members of all objects in order, since neither framework promises one. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => {
    if (typeof member !== "object" || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
