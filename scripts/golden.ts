// `npm run golden`: compares our messages with those that Vault's SDK and go-plugin register, and writes the bytes that
// Go makes of every message to conformance/golden. Needs Go.
import { writeFileSync } from "node:fs";
import { goldensFile, makeGoldens } from "../conformance/goldens.ts";

const { text, differences } = makeGoldens();
process.stderr.write(differences);
writeFileSync(goldensFile, text);
