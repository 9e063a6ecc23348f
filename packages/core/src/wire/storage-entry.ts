import type { StorageEntry as StorageEntryMessage } from "../gen/pb/storage.ts";
import { present } from "../logical/present.ts";
import type { StorageEntry } from "../logical/storage.ts";
import { nonZero } from "./absent.ts";

/** Gives a stored value as a message. */
export function storageEntryToWire({ key, value, sealWrap = false }: StorageEntry): StorageEntryMessage {
  return { key, value, sealWrap };
}

/** Reads a stored value. */
export function storageEntryFromWire({ key, value, sealWrap }: StorageEntryMessage): StorageEntry {
  return present({ key, value, sealWrap: nonZero(sealWrap) });
}
