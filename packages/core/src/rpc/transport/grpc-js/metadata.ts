import { Metadata as GrpcMetadata } from "@grpc/grpc-js";
import type { Metadata } from "../transport.ts";

/** Gives received metadata by key; binary values, which nobody in this protocol sends, are left out. */
export function metadataFromGrpc(received: GrpcMetadata): Metadata {
  const metadata = new Map<string, readonly string[]>();
  for (const [key, values] of Object.entries(received.toJSON())) {
    const texts = values.filter((value): value is string => typeof value === "string");
    if (texts.length > 0) metadata.set(key, texts);
  }
  return metadata;
}

/** Gives metadata in the form that grpc-js sends. */
export function metadataToGrpc(metadata: Metadata | undefined): GrpcMetadata {
  const sent = new GrpcMetadata();
  for (const [key, values] of metadata ?? []) {
    for (const value of values) sent.add(key, value);
  }
  return sent;
}
