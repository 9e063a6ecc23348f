import { coercionCases } from "../cases/coercions.ts";
import { whereGoIs } from "../go.ts";

whereGoIs("values given to Go's framework too", () => coercionCases({ perKind: 500 }));
