// `npm run generate`: writes the code of proto/.
import { generateInto } from "./generate-into.ts";
import { root } from "./project.ts";

generateInto(root);
