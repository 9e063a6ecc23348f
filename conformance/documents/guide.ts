import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { root } from "../../scripts/project.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { serverEnvironment } from "../hosts/server-process.ts";
import { type ReadingClient, startReading } from "./reading-client.ts";
import { openShell, type Shell } from "./shell.ts";
import { type ShellBlock, shellBlocks } from "./shell-blocks.ts";

/** How a document is followed on a server. */
export interface Guide {
  /** The document, from the repository's folder. */
  readonly document: string;
  readonly server: string;
  start(pluginDirectory: string): Promise<ServerUnderTest>;
  /** The command that the document uses, and the program that it stands for. */
  readonly command: { readonly name: "vault" | "bao"; find(): Promise<string> };
  /** Fills the folder in which the shell starts with what somebody has who follows the document. */
  prepare(folder: string): void;
  /** Headings whose commands are run, in this order. */
  readonly headings: readonly string[];
  /** Headings whose commands are run after those, while a client reads. */
  readonly whileReading: readonly string[];
  /** Headings whose commands are run at the end. */
  readonly afterwards: readonly string[];
}

/** People may take all day; a busy machine takes minutes to compile and to test what is compiled. */
export const guideTimeoutMs = 900_000;

/** What the document leaves at a place that a client reads. */
const readPath = "kv/data/app";

/** Runs the commands of a document as they stand there, each block as a test. */
export function followGuide({ document, server: name, start, command, prepare, ...about }: Guide): void {
  describe(`${document} on ${name}`, { timeout: guideTimeoutMs }, () => {
    let folder = "";
    let server: ServerUnderTest | undefined;
    let shell: Shell | undefined;
    before(async () => {
      folder = makeFolder();
      prepare(join(folder, "files"));
      const bin = join(folder, "bin");
      symlinkSync(await command.find(), join(bin, command.name));
      server = await start(join(folder, "plugins"));
      shell = openShell(join(folder, "files"), environment(server, bin, folder));
    });
    after(async () => {
      shell?.close();
      await server?.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    const run = (block: ShellBlock): Promise<void> => check(block, shell);

    const follow = (headings: readonly string[]): void => {
      for (const heading of headings) describe(heading, () => testBlocks(document, heading, run));
    };

    follow(about.headings);
    if (about.whileReading.length > 0)
      describe("while a client reads all the time", () => {
        let client: ReadingClient | undefined;
        before(() => {
          client = server && startReading(server, readPath);
        });
        follow(about.whileReading);
        test("the client gets every answer", async () => {
          const { reads = 0, failures } = (await client?.stop()) ?? {};
          assert.deepEqual(failures, []);
          assert.ok(reads > 100, `it read ${reads} times only`);
        });
      });
    follow(about.afterwards);
  });
}

function testBlocks(document: string, heading: string, run: (block: ShellBlock) => Promise<void>): void {
  const blocks = shellBlocks(document).filter((block) => block.heading === heading);
  test("has commands", () => assert.notEqual(blocks.length, 0));
  for (const block of blocks) test(block.commands.split("\n", 1)[0] ?? "", () => run(block));
}

async function check({ commands, output }: ShellBlock, shell: Shell | undefined): Promise<void> {
  if (shell === undefined) throw new Error("the shell was not started");
  const printed = await shell.run(commands);
  // What a command says of its success stands in the document only where a reader should look at it.
  if (output !== undefined) assert.ok(printed.trimEnd().endsWith(output.trimEnd()), `printed ${printed}`);
}

/** Makes a folder for one run. */
function makeFolder(): string {
  const folder = mkdtempSync(join(root, ".cache", "conformance", "guide-"));
  for (const name of ["bin", "files", "plugins"]) mkdirSync(join(folder, name));
  // Otherwise it leaves an agent behind, which nothing here has a use for.
  mkdirSync(join(folder, ".gnupg"), { mode: 0o700 });
  writeFileSync(join(folder, ".gnupg", "gpg.conf"), "no-autostart\n");
  return folder;
}

function environment({ address, rootToken }: ServerUnderTest, bin: string, folder: string): NodeJS.ProcessEnv {
  const { PATH, ...rest } = serverEnvironment();
  return {
    ...rest,
    PATH: `${bin}:${PATH}`,
    HOME: folder,
    PLUGIN_DIR: join(folder, "plugins"),
    ...{ VAULT_ADDR: address, VAULT_TOKEN: rootToken, BAO_ADDR: address, BAO_TOKEN: rootToken },
  };
}
