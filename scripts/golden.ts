// `npm run golden`: compares our messages with those that Vault's SDK and go-plugin register, and writes to
// conformance/golden the bytes that Go makes of every message, what Go's framework answers to requests for help, and what
// Vault's SDK makes of user-name templates. Needs Go, but for the tables of the guides and the calls of the embedded
// server, which come first.
import { writeFileSync } from "node:fs";
import { goldensFile, makeGoldens } from "../conformance/goldens.ts";
import { helpGoldensFile, makeHelpGoldens } from "../conformance/help-goldens.ts";
import { makeTemplateGoldens, templateGoldensFile } from "../conformance/template-goldens.ts";
import { writeGuideTables } from "../examples/test/guides/tables.ts";
import { apiPage, apiPageFile } from "../packages/host/test/api-page.ts";

await writeGuideTables();
writeFileSync(apiPageFile, apiPage());
const { text, differences } = makeGoldens();
process.stderr.write(differences);
writeFileSync(goldensFile, text);
writeFileSync(helpGoldensFile, makeHelpGoldens());
writeFileSync(templateGoldensFile, makeTemplateGoldens());
