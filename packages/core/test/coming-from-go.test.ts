import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const core = join(import.meta.dirname, "..", "src");
const guide = join(import.meta.dirname, "..", "..", "..", "docs", "coming-from-go.md");

/** The words of our sources; what is renamed or removed is no longer among them. */
function wordsOfSources(): ReadonlySet<string> {
  const files = ["framework", "logical", "testing"].flatMap((room) =>
    readdirSync(join(core, room), { recursive: true, encoding: "utf8" }).map((file) => join(core, room, file)),
  );
  const texts = files.filter((file) => file.endsWith(".ts")).map((file) => readFileSync(file, "utf8"));
  const doors = ["index.ts", "serve.ts"].map((file) => readFileSync(join(core, file), "utf8"));
  return new Set([...texts, ...doors].join("\n").match(/\w+/g));
}

test("the guide for authors who come from Go names only what there is", () => {
  const rows = [...readFileSync(guide, "utf8").matchAll(/^\| .+ \| (.+) \| (?:core|testing) \|$/gm)];
  const words = wordsOfSources();

  const named = rows.flatMap(([, here = ""]) => [...here.matchAll(/`([\w.]+)`/g)].map(([, name = ""]) => name));

  assert.ok(rows.length > 50);
  assert.deepEqual(
    named.filter((name) => !name.split(".").every((part) => words.has(part))),
    [],
  );
});
