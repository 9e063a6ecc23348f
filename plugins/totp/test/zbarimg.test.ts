import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { type Harness, harness } from "@vaultwright/core/testing";
import { totp } from "../src/totp.ts";
import { type Pixels, readSvg, readTerminal } from "./read-drawings.ts";
import { whereInstalled } from "./where-installed.ts";

const run = promisify(execFile);
const generate = { generate: true, issuer: "Vault", account_name: "Test", qr_size: 400 };
const oddNames = [
  "My Co",
  "a:b",
  "100%",
  "%41",
  "a@b.c",
  "Ä ö ß",
  "日本語",
  "🔐",
  "?#&=+;,/",
  "x&secret=AAAAAAAA",
  "~!*'()\"<>\\",
];

const wishes: readonly object[] = [
  ...oddNames.flatMap((name) => [{ issuer: name }, { account_name: name }]),
  ...[200, 300, 1000, 4096].map((qr_size) => ({ qr_size })),
  ...["SHA256", "SHA512"].map((algorithm) => ({ algorithm })),
  ...[1, 10, 32, 64, 128].map((key_size) => ({ key_size, qr_size: 800 })),
  ...[1, 90, 86_400].map((period) => ({ period })),
  { digits: 8 },
  { skew: 0 },
  { issuer: "long ".repeat(60), qr_size: 1200 },
];

/** A URL, and the picture of it that the engine drew. */
interface Drawn {
  readonly url: string;
  readonly barcode: string;
}

async function draw(mount: Harness, wish: object): Promise<Drawn> {
  const { data = {} } = (await mount.write("keys/k", { ...generate, ...wish })) ?? {};
  return { url: String(data["url"]), barcode: String(data["barcode"]) };
}

whereInstalled("zbarimg", "zbar-tools", () => {
  for (const host of ["vault", "openbao"] as const)
    test(`zbarimg reads the URL in each picture, as made for ${host} [T7]`, async () => {
      const mount = await harness(totp, { host });
      const drawn: Drawn[] = [];
      for (const wish of wishes) drawn.push(await draw(mount, wish));

      const read = await scan(drawn.map(({ barcode }) => Buffer.from(barcode, "base64")));

      assert.deepEqual(
        read,
        drawn.map(({ url }) => url),
      );
    });

  test("zbarimg reads the URL in pictures of other formats", async () => {
    const mount = await harness(totp);
    const svg = await draw(mount, { qr_format: "svg" });
    const terminal = await draw(mount, { qr_format: "terminal", issuer: "Ä: ö" });

    const read = await scan([grayMap(readSvg(svg.barcode, 4)), grayMap(readTerminal(terminal.barcode, 4))]);

    assert.deepEqual(read, [svg.url, terminal.url]);
  });
});

/** Asks zbarimg what pictures say. */
async function scan(pictures: readonly Buffer[]): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "qr-"));
  try {
    const files = pictures.map((_, index) => join(folder, `${index}`));
    await Promise.all(pictures.map((picture, index) => writeFile(files[index] ?? "", picture)));
    const { stdout } = await run("zbarimg", ["--quiet", "--nodbus", "--raw", "-Sdisable", "-Sqrcode.enable", ...files]);
    return stdout.trimEnd().split("\n");
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Writes pixels in the simplest format that there is. */
function grayMap({ width, height, data }: Pixels): Buffer {
  return Buffer.concat([Buffer.from(`P5 ${width} ${height} 255\n`), data.filter((_, index) => index % 4 === 0)]);
}
