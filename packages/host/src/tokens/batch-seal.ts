import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { TokenDraft } from "./token-store.ts";

/** Packs what a batch token is into its own text, so that the host keeps nothing of it. */
export interface BatchSeal {
  close(draft: TokenDraft): string;
  /** Gives nothing for a text that this host did not make. */
  open(text: string): TokenDraft | undefined;
}

const ivLength = 12;
const tagLength = 16;

/** Makes the seal with a key of 32 bytes. */
export function createBatchSeal(key: Uint8Array): BatchSeal {
  return {
    close(draft) {
      const iv = randomBytes(ivLength);
      const cipher = createCipheriv("aes-256-gcm", key, iv);
      const sealed = Buffer.concat([cipher.update(JSON.stringify(draft)), cipher.final()]);
      return Buffer.concat([iv, sealed, cipher.getAuthTag()]).toString("base64url");
    },
    open(text) {
      const bytes = Buffer.from(text, "base64url");
      if (bytes.length <= ivLength + tagLength) return undefined;
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, ivLength));
      decipher.setAuthTag(bytes.subarray(-tagLength));
      try {
        const json = Buffer.concat([decipher.update(bytes.subarray(ivLength, -tagLength)), decipher.final()]);
        // The tag proves that `close` above made it, from a value of this type.
        return JSON.parse(json.toString()) as TokenDraft;
      } catch {
        return undefined;
      }
    },
  };
}
