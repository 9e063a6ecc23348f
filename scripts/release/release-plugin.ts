import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { PrivateKey } from "openpgp";
import { glibcCopyright, glibcSources } from "../portable/glibc.ts";
import { type Plugin, root } from "../project.ts";
import { type Entry, writeArchive } from "./archive.ts";
import { writeBill } from "./bill.ts";
import { buildBinary } from "./build-binary.ts";
import { changesOf } from "./changes.ts";
import { formatChecksums, sha256OfFile } from "./checksums.ts";
import { readComponents } from "./components.ts";
import { type Binary, type Contents, releaseName } from "./contents.ts";
import { type Image, writeImage } from "./image.ts";
import { stanzaFiles, writeContainerfile } from "./image-files.ts";
import { writeLicences } from "./licences.ts";
import { type Subject, writeProvenance } from "./provenance.ts";
import { writeRegisterJson, writeRegisterScript } from "./register-files.ts";
import type { Revision } from "./revision.ts";
import { signDetached } from "./signature.ts";
import { systemPartsOf } from "./system-parts.ts";
import type { Target } from "./targets.ts";

/** What a release is made with. */
export interface ReleaseOptions {
  readonly targets: readonly Target[];
  readonly revision: Revision;
  /** The folder that gets a folder for each plugin. */
  readonly output: string;
  /** The key; without one, the release is not signed. */
  readonly key: PrivateKey | undefined;
  report(line: string): void;
}

/** Makes everything that a plugin is published with, and gives the folder. */
export async function releasePlugin(plugin: Plugin, options: ReleaseOptions): Promise<string> {
  const { output, key, targets, report } = options;
  const name = releaseName(plugin);
  const folder = join(output, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });

  const contents = await buildContents(plugin, folder, options);
  const { binaries } = contents;
  const write = (end: string, text: string) => writeFile(join(folder, `${name}${end}`), text);
  const licences = writeLicences(contents, await libraryNotices(targets));
  await write("_licences.txt", licences);
  await write("_changes.md", changesOf(plugin));
  await write(".cdx.json", writeBill(contents));
  await write("_register.json", writeRegisterJson(plugin, binaries));
  await write("_register.sh", writeRegisterScript(plugin, binaries));
  await archiveAll(contents, folder, licences);
  const image = await writeImageFiles(contents, folder);
  if (image !== undefined) report(`${image.file}  ${image.digest}`);
  if (targets.some((target) => target.isPortable))
    for (const source of await glibcSources()) await copyFile(source, join(folder, basename(source)));

  const subjects = await subjectsIn(folder);
  const imageSubject = image && {
    name: `${plugin.name}:${plugin.version}`,
    sha256: image.digest.replace("sha256:", ""),
  };
  await write("_provenance.json", writeProvenance(contents, imageSubject ? [...subjects, imageSubject] : subjects));
  const checksums = formatChecksums(
    new Map((await subjectsIn(folder)).map((subject) => [subject.name, subject.sha256])),
  );
  await write("_SHA256SUMS", checksums);
  if (key !== undefined) await signChecksums(join(folder, `${name}_SHA256SUMS`), checksums, key);
  return folder;
}

async function buildContents(plugin: Plugin, folder: string, options: ReleaseOptions): Promise<Contents> {
  const { targets, revision, report } = options;
  const work = await mkdtemp(join(tmpdir(), "vaultwright-release-"));
  const metafile = join(work, "sources.json");
  try {
    const binaries: Binary[] = [];
    for (const target of targets) {
      const binary = await buildBinary(plugin, target, { folder, revision, metafile });
      binaries.push(binary);
      report(`${binary.file}  ${binary.sha256}`);
    }
    const components = readComponents(metafile);
    return { plugin, revision, binaries, components, systemParts: systemPartsOf(targets) };
  } finally {
    await rm(work, { recursive: true });
  }
}

async function libraryNotices(targets: readonly Target[]): Promise<readonly string[]> {
  const portable = targets.filter((target) => target.isPortable);
  return await Promise.all(portable.map(({ arch }) => glibcCopyright(arch === "amd64" ? "x64" : "arm64")));
}

/** An archive for each binary. Two at a time, as many as a small machine compresses at once. */
async function archiveAll({ binaries, revision }: Contents, folder: string, licences: string): Promise<void> {
  const texts: Entry[] = [
    { name: "LICENSE.txt", content: await readFile(join(root, "LICENSE")), isExecutable: false },
    { name: "licences.txt", content: Buffer.from(licences), isExecutable: false },
  ];
  const waiting = [...binaries];
  const work = async () => {
    for (let binary = waiting.shift(); binary !== undefined; binary = waiting.shift()) {
      const { file } = binary;
      const entries = [{ name: file, content: join(folder, file), isExecutable: true }, ...texts];
      await writeArchive(join(folder, `${file.replace(/\.exe$/, "")}.zip`), entries, revision.date);
    }
  };
  await Promise.all([work(), work()]);
}

/** The image and what belongs to it, where there are binaries for one. */
async function writeImageFiles({ plugin, revision, binaries }: Contents, folder: string): Promise<Image | undefined> {
  const inside = binaries.filter(({ target }) => target.name === `linux_${target.arch}`);
  if (inside.length === 0) return undefined;
  const image = await writeImage({ plugin, revision, binaries: inside, folder });
  for (const [file, text] of stanzaFiles(plugin, inside, image)) await writeFile(join(folder, file), text);
  await writeFile(join(folder, `${releaseName(plugin)}.Containerfile`), writeContainerfile(plugin, inside));
  return image;
}

async function subjectsIn(folder: string): Promise<readonly Subject[]> {
  const names = (await readdir(folder)).sort();
  return await Promise.all(names.map(async (name) => ({ name, sha256: await sha256OfFile(join(folder, name)) })));
}

async function signChecksums(file: string, checksums: string, key: PrivateKey): Promise<void> {
  await writeFile(`${file}.sig`, await signDetached(Buffer.from(checksums), key));
  await writeFile(`${file.replace(/SHA256SUMS$/, "public-key.asc")}`, key.toPublic().armor());
}
