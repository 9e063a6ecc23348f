import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { extname, join } from "node:path";

// Beside `src` in the repository and beside `dist` in a package.
const folder = join(import.meta.dirname, "..", "..", "ui");

const contentTypes: ReadonlyMap<string, string> = new Map([
  [".html", "text/html; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".svg", "image/svg+xml"],
]);

/** Sends a file of the page, and says whether there is one of that name. */
export async function sendPageFile(name: string, out: ServerResponse): Promise<boolean> {
  const contentType = contentTypes.get(extname(name));
  // A name without slashes cannot lead out of the folder.
  if (contentType === undefined || !/^[a-z][a-z-]*\.[a-z]+$/.test(name)) return false;
  const content = await contentOf(name);
  if (content === undefined) return false;
  out.writeHead(200, { "Content-Type": contentType }).end(content);
  return true;
}

async function contentOf(name: string): Promise<Buffer | undefined> {
  try {
    return await readFile(join(folder, name));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
