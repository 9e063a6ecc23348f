import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "..", "..");
const documents = globSync(["*.md", "{docs,packages,plugins,examples,conformance,bench,proto}/**/*.md"], {
  cwd: root,
  exclude: ["**/node_modules/**", "**/CHANGELOG.md"],
}).sort();

test("the plugin that the README shows is the one that is compiled and run here", () => {
  const [shown] = snippetsOf(readDocument("README.md"));

  assert.equal(shown?.text, readDocument("examples/notes/main.ts"));
});

for (const document of documents) {
  test(`${document} shows code as it is in files that are compiled and tested`, () => {
    for (const { source, text } of snippetsOf(readDocument(document))) {
      const [first] = text.split("\n");
      assert.ok(source, `"${first}": say above the block where it is from, as <!-- path/of/file.ts -->`);
      assert.ok(existsSync(join(root, source)), `"${first}": there is no file ${source}`);
      assert.ok(
        outdented(readDocument(source)).includes(outdented(text)),
        `"${first}" is not, or no longer, in ${source}`,
      );
    }
  });

  test(`${document} links to what exists`, () => {
    const targets = [...readDocument(document).matchAll(/\]\((?!\w+:)([^)#\s]+)/g)].map(([, target]) => target ?? "");

    const missing = targets.filter((target) => !existsSync(join(root, dirname(document), target)));

    assert.deepEqual(missing, []);
  });
}

interface Snippet {
  readonly source: string | undefined;
  readonly text: string;
}

/** The blocks of TypeScript in a document, each with the file that the comment above it names. */
function snippetsOf(text: string): Snippet[] {
  const blocks = text.matchAll(/(?:<!-- (\S+) -->\n)?```ts\n([\s\S]*?)```/g);
  return [...blocks].map(([, source, block = ""]) => ({ source, text: block }));
}

/** A block may show the inside of something, so indentation does not count. */
function outdented(text: string): string {
  return text.replaceAll(/^[ \t]+/gm, "");
}

function readDocument(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
