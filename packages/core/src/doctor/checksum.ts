import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** Gives the SHA-256 of a file as hosts want it. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest("hex");
}
