// `npm run release:build`: every plugin for every platform, with everything that it is published with, into dist/release.
import { join, relative } from "node:path";
import { Command } from "commander";
import { plugins, root } from "./project.ts";
import { releasePlugin } from "./release/release-plugin.ts";
import { changedMark, isoDate, readRevision } from "./release/revision.ts";
import { installRuntimes } from "./release/runtimes.ts";
import { keyVariables, readSigningKey } from "./release/signature.ts";
import { targetsNamed } from "./release/targets.ts";

const command = new Command("npm run release:build --")
  .option("--plugin <names...>", "only these plugins")
  .option("--target <names...>", "only these targets, for instance linux_amd64")
  .option("--output <folder>", "where to write", join(root, "dist", "release"))
  .parse();
const options: { plugin?: string[]; target?: string[]; output: string } = command.opts();

const started = performance.now();
const wanted = plugins().filter(({ name }) => options.plugin === undefined || options.plugin.includes(name));
for (const name of options.plugin ?? [])
  if (!wanted.some((plugin) => plugin.name === name)) command.error(`no plugin is named ${name}`);
const targets = targetsNamed(options.target ?? []);
const revision = await readRevision();
const key = await readSigningKey();
// Compilers and package managers that are started from here have no use for it.
for (const name of [keyVariables.key, keyVariables.passphrase]) delete process.env[name];
if (revision.commit.endsWith(changedMark))
  console.error("The sources have been changed since the last commit; the binaries will say so.");
console.log(`commit ${revision.commit} of ${isoDate(revision.date)}`);

await installRuntimes();
for (const plugin of wanted) {
  const folder = await releasePlugin(plugin, { targets, revision, output: options.output, key, report: console.log });
  console.log(`${relative(root, folder)} is complete after ${((performance.now() - started) / 1000).toFixed(0)} s`);
}
if (key === undefined)
  console.error(`NOT SIGNED: put an OpenPGP private key into ${keyVariables.key} to sign SHA256SUMS.`);
if (key !== undefined) console.log(`signed by ${key.getFingerprint().toUpperCase()}`);
