import { sha256 } from "./checksums.ts";

/** A reference to content, as OCI images have them. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly platform?: { readonly os: string; readonly architecture: string };
}

/** The kinds of content that an image consists of. */
export const mediaTypes = {
  index: "application/vnd.oci.image.index.v1+json",
  manifest: "application/vnd.oci.image.manifest.v1+json",
  config: "application/vnd.oci.image.config.v1+json",
  layer: "application/vnd.oci.image.layer.v1.tar+gzip",
} as const;

/** Content by its digest. */
export interface Blobs {
  readonly contents: ReadonlyMap<string, Buffer>;
  add(mediaType: string, content: Buffer | object): Descriptor;
}

/** Collects the content of an image. */
export function createBlobs(): Blobs {
  const contents = new Map<string, Buffer>();
  return {
    contents,
    add(mediaType, content) {
      const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
      const digest = sha256(bytes);
      contents.set(digest, bytes);
      return { mediaType, digest: `sha256:${digest}`, size: bytes.length };
    },
  };
}
