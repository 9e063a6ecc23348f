import assert from "node:assert/strict";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch } from "@vaultwright/core/launch";
import { createMemoryStorage, createRecordedLog, createTestSystem } from "@vaultwright/core/testing";
import { bunFile, bunPackages, thisPlatform } from "../../packages/vaultwright/src/compile/bun.ts";
import { root } from "../../scripts/project.ts";
import { installPublished, type Project } from "../published/project.ts";

const platform = thisPlatform();
// Npm has these Nodes for Linux; elsewhere this Node and Bun are what is tested.
const oldNodes = process.platform === "linux" ? { node22: "22.23.3", node24: "24.21.0" } : {};

describe("the published packages in an empty project", () => {
  let project: Project;
  const inModules = (...path: string[]): string => join(project.folder, "node_modules", ...path);

  before(async () => {
    const nodes = Object.entries(oldNodes).map(([alias, version]) => `${alias}@npm:node-${platform}@${version}`);
    project = await installPublished(nodes);
    // The plugin that the README shows; a test of the documents compares the two.
    await mkdir(join(project.folder, "src"));
    await copyFile(join(root, "examples", "notes", "main.ts"), join(project.folder, "src", "main.ts"));
    await writeFile(join(project.folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["src"] }));
    await writeFile(join(project.folder, "embedded.mjs"), embedded);
    await project.run("npm", ["exec", "--offline", "tsc"]);
  });
  after(() => project.remove());

  const nodes = new Map([
    ...Object.entries(oldNodes).map(
      ([alias, version]) => [`Node ${version}`, () => inModules(alias, "bin", "node")] as const,
    ),
    [`Node ${process.versions.node}`, () => process.execPath] as const,
  ]);
  const bun = () => bunFile(inModules(bunPackages[platform].name), platform);

  for (const [name, file] of [...nodes, ["Bun", bun] as const])
    test(`the plugin of the README runs on ${name}`, async () => {
      const log = createRecordedLog([]);
      const args = [join(project.folder, "built", "main.js")];
      const plugin = await launch({ file: file(), args, log, hostVersion: "1.21.4" });
      try {
        const [storage, system] = [createMemoryStorage(), createTestSystem()];
        const mount = await plugin.mount({ uuid: "notes", config: new Map(), storage, system, log });
        const { signal } = new AbortController();
        const path = "notes/launch";

        await mount.initialize({}, { signal });
        await mount.handleRequest({ id: "1", operation: "update", path, data: { text: "ask Ada" } }, { signal });
        const answer = await mount.handleRequest({ id: "2", operation: "read", path }, { signal });

        assert.deepEqual(answer?.data, { text: "ask Ada", pinned: false });
      } finally {
        await plugin.kill();
      }
    });

  for (const [name, file] of nodes)
    test(`every entry can be imported and the embedded server runs on ${name}`, async () => {
      const output = await project.run(file(), ["embedded.mjs"]);

      assert.equal(output, "200\n");
    });
});

/** As strict as TypeScript can be, the types of the packages themselves included. */
const compilerOptions = {
  target: "es2024",
  module: "nodenext",
  types: ["node"],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  rootDir: "src",
  outDir: "built",
};

const embedded = `
import "@vaultwright/core";
import "@vaultwright/core/testing";
import { startHost } from "@vaultwright/host";
import "vaultwright";

const host = await startHost({ pluginDirectory: "." });
const page = await fetch(host.address + "/ui/");
console.log(page.status);
await host.close();
`;
