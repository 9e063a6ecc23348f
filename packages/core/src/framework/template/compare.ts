import { TemplateFault } from "./template-fault.ts";
import { isList, isMap, typeName, type Value } from "./values.ts";

/** Whether a value equals any of others. */
export function equalsAny(first: Value, others: readonly Value[]): boolean {
  if (others.length === 0) throw new TemplateFault("missing argument for comparison");
  return others.some((other) => {
    if (first === undefined || other === undefined) return first === other;
    checkTypes(first, other);
    if (isList(first) || isMap(first)) throw new TemplateFault(`non-comparable type ${typeName(first)}`);
    return first === other;
  });
}

/** Whether a value comes before another. */
export function isLess(first: Value, second: Value): boolean {
  for (const value of [first, second])
    if (!["string", "number", "bigint"].includes(typeof value)) throw new TemplateFault("invalid type for comparison");
  checkTypes(first, second);
  if (typeof first === "string" && typeof second === "string")
    return Buffer.compare(Buffer.from(first), Buffer.from(second)) < 0;
  return Number(first) < Number(second);
}

function checkTypes(first: Value, second: Value): void {
  const [one, other] = [typeName(first), typeName(second)];
  if (one !== other) throw new TemplateFault(`incompatible types for comparison: ${one} and ${other}`);
}
