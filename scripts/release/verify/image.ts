import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { extract } from "tar";
import { sha256, sha256OfFile } from "../checksums.ts";
import { type Descriptor, mediaTypes } from "../image-blobs.ts";
import { expect, type Release } from "./release.ts";

interface Index {
  readonly manifests: readonly Descriptor[];
}

interface Manifest {
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

interface Config {
  readonly os: string;
  readonly architecture: string;
  readonly config: { readonly Entrypoint: readonly string[] };
  readonly rootfs: { readonly diff_ids: readonly string[] };
}

/** Takes the image apart as a server would: every digest, every layer, and the binary inside. */
export async function checkImage(release: Release): Promise<string> {
  const work = await mkdtemp(join(tmpdir(), "vaultwright-image-"));
  try {
    await extract({ cwd: work, file: release.path("_oci.tar") });
    const layout: Index = JSON.parse(await readFile(join(work, "index.json"), "utf8"));
    const [reference] = layout.manifests;
    expect(reference?.mediaType === mediaTypes.index, "the image layout does not begin with an index");
    const index: Index = JSON.parse((await readBlob(work, reference)).toString());
    for (const manifest of index.manifests) await checkManifest(work, manifest, release);
    const processors = index.manifests.map(({ platform }) => `${platform?.os}/${platform?.architecture}`);
    return `${reference.digest} for ${processors.join(", ")}`;
  } finally {
    await rm(work, { recursive: true });
  }
}

async function checkManifest(work: string, descriptor: Descriptor, release: Release): Promise<void> {
  const manifest: Manifest = JSON.parse((await readBlob(work, descriptor)).toString());
  const config: Config = JSON.parse((await readBlob(work, manifest.config)).toString());
  const { os, architecture } = config;
  const platform = `${os}_${architecture}`;
  expect(`${descriptor.platform?.os}_${descriptor.platform?.architecture}` === platform, `${platform} is mixed up`);
  const [layer] = manifest.layers;
  expect(layer !== undefined && manifest.layers.length === 1, `the image for ${platform} has not one layer`);
  const content = gunzipSync(await readBlob(work, layer));
  expect(config.rootfs.diff_ids[0] === `sha256:${sha256(content)}`, `the layer for ${platform} is another one`);

  const { name, platforms } = release.register;
  expect(config.config.Entrypoint[0] === `/${name}`, `the image for ${platform} starts something else`);
  const root = await mkdtemp(join(work, "root-"));
  extract({ cwd: root, sync: true }).end(content);
  const file = join(root, name);
  expect(existsSync(file), `the image for ${platform} has no ${name} in its root`);
  expect((await sha256OfFile(file)) === platforms[platform]?.sha256, `the image for ${platform} has another binary`);
  const stanza = release.text(`_openbao_${platform}.hcl`);
  expect(stanza.includes(`"${platforms[platform]?.sha256}"`), `the stanza for ${platform} has another hash`);
}

async function readBlob(work: string, { digest, size }: Descriptor): Promise<Buffer> {
  const bytes = await readFile(join(work, "blobs", ...digest.split(":")));
  expect(`sha256:${sha256(bytes)}` === digest && bytes.length === size, `${digest} is not what it says`);
  return bytes;
}
