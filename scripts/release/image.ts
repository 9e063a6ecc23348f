import { link, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { create } from "tar";
import type { Plugin } from "../project.ts";
import { sha256 } from "./checksums.ts";
import { type Binary, releaseName } from "./contents.ts";
import { type Blobs, createBlobs, type Descriptor, mediaTypes } from "./image-blobs.ts";
import { isoDate, type Revision } from "./revision.ts";

const compress = promisify(gzip);

/** What an image is made of. */
export interface ImageOptions {
  readonly plugin: Plugin;
  readonly revision: Revision;
  /** The binaries, one for each processor. */
  readonly binaries: readonly Binary[];
  /** Where the binaries are and the image goes. */
  readonly folder: string;
}

/** An image layout in one file. */
export interface Image {
  readonly file: string;
  /** What registries know the image by, for all processors together. */
  readonly digest: string;
}

/**
 * Writes an OCI image layout as a tar file, as `skopeo copy --all oci-archive:FILE` and others take it. It is what
 * `FROM scratch`, a `COPY` of the binary into the root and an `ENTRYPOINT` give, for several processors.
 */
export async function writeImage({ plugin, revision, binaries, folder }: ImageOptions): Promise<Image> {
  const work = await mkdtemp(join(folder, ".image-"));
  const blobs = createBlobs();
  const manifests: Descriptor[] = [];
  try {
    for (const binary of binaries) {
      const layer = await packLayer(join(folder, binary.file), plugin.name, work, revision.date);
      manifests.push(await addManifest(blobs, layer, { plugin, revision, binary }));
    }
    const annotations = annotationsOf(plugin, revision);
    const index = blobs.add(mediaTypes.index, {
      schemaVersion: 2,
      mediaType: mediaTypes.index,
      manifests,
      annotations,
    });
    const name = { "org.opencontainers.image.ref.name": plugin.version };
    const layout = { schemaVersion: 2, mediaType: mediaTypes.index, manifests: [{ ...index, annotations: name }] };
    const file = `${releaseName(plugin)}_oci.tar`;
    await packLayout(join(work, "layout"), join(folder, file), { blobs, layout, date: revision.date });
    return { file, digest: index.digest };
  } finally {
    await rm(work, { recursive: true });
  }
}

/** A layer with one executable in the root, owned by nobody in particular. */
async function packLayer(binary: string, name: string, work: string, date: Date): Promise<Buffer> {
  const staging = await mkdtemp(join(work, "layer-"));
  await link(binary, join(staging, name));
  const file = join(work, "layer.tar");
  await create({ cwd: staging, file, portable: true, mtime: date }, [name]);
  return await readFile(file);
}

interface Inside extends Pick<ImageOptions, "plugin" | "revision"> {
  readonly binary: Binary;
}

async function addManifest(blobs: Blobs, layer: Buffer, { plugin, revision, binary }: Inside): Promise<Descriptor> {
  const created = isoDate(revision.date);
  const platform = { os: binary.target.os, architecture: binary.target.arch };
  const config = blobs.add(mediaTypes.config, {
    created,
    ...platform,
    config: { Entrypoint: [`/${plugin.name}`], Labels: annotationsOf(plugin, revision) },
    rootfs: { type: "layers", diff_ids: [`sha256:${sha256(layer)}`] },
    history: [{ created, created_by: `COPY ${binary.file} /${plugin.name}` }],
  });
  const layers = [blobs.add(mediaTypes.layer, await compress(layer))];
  const manifest = { schemaVersion: 2, mediaType: mediaTypes.manifest, config, layers };
  return { ...blobs.add(mediaTypes.manifest, manifest), platform };
}

function annotationsOf({ name, version }: Plugin, { commit, date }: Revision): Readonly<Record<string, string>> {
  return {
    "org.opencontainers.image.created": isoDate(date),
    "org.opencontainers.image.licenses": "Apache-2.0",
    "org.opencontainers.image.revision": commit,
    "org.opencontainers.image.title": name,
    "org.opencontainers.image.version": version,
  };
}

interface Layout {
  readonly blobs: Blobs;
  readonly layout: object;
  readonly date: Date;
}

async function packLayout(folder: string, file: string, { blobs, layout, date }: Layout): Promise<void> {
  const inside = join("blobs", "sha256");
  await mkdir(join(folder, inside), { recursive: true });
  await writeFile(join(folder, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
  await writeFile(join(folder, "index.json"), JSON.stringify(layout));
  for (const [digest, content] of blobs.contents) await writeFile(join(folder, inside, digest), content);
  const names = [...blobs.contents.keys()].sort().map((digest) => `blobs/sha256/${digest}`);
  await create({ cwd: folder, file, portable: true, mtime: date }, ["oci-layout", "index.json", ...names]);
}
