import { tokenCases } from "../cases/tokens.ts";
import { whereGoIs } from "../go.ts";

whereGoIs("questions on tokens that Go's SDK answers too", () => tokenCases({ count: 500 }));
