import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const usualPlaces = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Where the browser of this machine is; nothing where it has none. */
export const chromiumFile: string | undefined = process.env["CHROMIUM_BIN"] ?? usualPlaces.find(existsSync);

/** Why a test that needs the browser is skipped. In CI it is not: there, a browser that is missing is a failure. */
export const skipped: string | false =
  chromiumFile === undefined && process.env["CI"] === undefined
    ? "there is no Chromium on this machine; name one in CHROMIUM_BIN"
    : false;

/** Starts the browser without a window. */
export async function startChromium(): Promise<Browser> {
  if (chromiumFile === undefined) throw new Error("there is no Chromium on this machine; name one in CHROMIUM_BIN");
  return chromium.launch({ executablePath: chromiumFile });
}
