import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { readArchive, writeArchive } from "../../release/archive.ts";

const date = new Date("2026-11-21T16:00:00Z");
let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "vaultwright-archive-"));
  writeFileSync(join(folder, "binary"), "the binary");
});

after(() => rmSync(folder, { recursive: true }));

function write(name: string): Promise<void> {
  const entries = [
    { name: "vault-plugin", content: join(folder, "binary"), isExecutable: true },
    { name: "LICENSE.txt", content: Buffer.from("the licence"), isExecutable: false },
  ];
  return writeArchive(join(folder, name), entries, date);
}

test("an archive has what was put into it", async () => {
  await write("a.zip");

  const entries = [...(await readArchive(join(folder, "a.zip")))].map(([name, content]) => [name, content.toString()]);

  assert.deepEqual(entries, [
    ["vault-plugin", "the binary"],
    ["LICENSE.txt", "the licence"],
  ]);
});

test("an archive has the same bytes in every time zone", async () => {
  const zone = process.env["TZ"];
  try {
    process.env["TZ"] = "Asia/Tokyo";
    await write("tokyo.zip");
    process.env["TZ"] = "America/Lima";
    await write("lima.zip");
  } finally {
    if (zone === undefined) delete process.env["TZ"];
    if (zone !== undefined) process.env["TZ"] = zone;
  }

  assert.ok(readFileSync(join(folder, "tokyo.zip")).equals(readFileSync(join(folder, "lima.zip"))));
});
