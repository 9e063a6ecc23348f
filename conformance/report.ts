import { violations } from "./gate.ts";
import { requirements } from "./requirements.ts";

// Prints how many statements of each document are proven, and fails where states and tests disagree.
const documents = [...new Set(requirements.map(({ document }) => document))];

console.log(row("document", "done", "excused", "open"));
for (const document of documents) console.log(counts(document, (one) => one.document === document));
console.log(counts("all", () => true));

const wrong = violations();
for (const line of wrong) console.error(line);
if (wrong.length > 0) process.exitCode = 1;

function counts(name: string, isCounted: (one: (typeof requirements)[number]) => boolean): string {
  const states = requirements.filter(isCounted).map(({ state }) => state);
  const count = (wanted: string) => `${states.filter((state) => state === wanted).length}`;
  return row(name, count("done"), count("excused"), count("open"));
}

function row(name: string, ...cells: readonly string[]): string {
  return name.padEnd(16) + cells.map((cell) => cell.padStart(9)).join("");
}
