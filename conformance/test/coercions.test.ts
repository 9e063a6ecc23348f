import { coercionCases } from "../cases/coercions.ts";
import { patternCases } from "../cases/patterns.ts";
import { whereGoIs } from "../go.ts";

whereGoIs("values and patterns given to Go's framework too", () => {
  coercionCases({ perKind: 500 });
  patternCases({ count: 5_000 });
});
