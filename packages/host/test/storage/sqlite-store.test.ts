import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { openSqliteStore } from "../../src/storage/sqlite-store.ts";

test("has what was stored before it was closed", () => {
  const directory = mkdtempSync(join(tmpdir(), "host-store-"));
  const before = openSqliteStore(directory);
  before.put("space", "key", Buffer.from("value"));
  before.close();

  const after = openSqliteStore(directory);

  assert.equal(Buffer.from(after.get("space", "key") ?? []).toString(), "value");
  after.close();
});

test("has what was stored before the process was killed, and is free again", async () => {
  const directory = mkdtempSync(join(tmpdir(), "host-store-"));
  const program = `
    import { openSqliteStore } from ${JSON.stringify(import.meta.resolve("../../src/storage/sqlite-store.ts"))};
    openSqliteStore(${JSON.stringify(directory)}).put("space", "key", Buffer.from("value"));
    console.log("stored");
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ["--conditions=@vaultwright/source", "--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");

  const store = openSqliteStore(directory);

  assert.equal(Buffer.from(store.get("space", "key") ?? []).toString(), "value");
  store.close();
});

test("lets one host at a time have a folder", () => {
  const directory = mkdtempSync(join(tmpdir(), "host-store-"));
  const store = openSqliteStore(directory);

  assert.throws(() => openSqliteStore(directory), /is used by another host/);

  store.close();
  openSqliteStore(directory).close();
});

test("may be read by its owner only", () => {
  const directory = join(mkdtempSync(join(tmpdir(), "host-store-")), "new");

  const store = openSqliteStore(directory);

  assert.equal(statSync(directory).mode & 0o777, 0o700);
  for (const name of ["vaultwright.db", "vaultwright.db-wal", "lock.db"])
    assert.equal(statSync(join(directory, name)).mode & 0o777, 0o600, name);
  store.close();
});

test("says when a folder cannot be opened, other than that somebody has it", () => {
  const directory = join(mkdtempSync(join(tmpdir(), "host-store-")), "file");
  writeFileSync(directory, "");

  assert.throws(() => openSqliteStore(directory), /^Error: cannot open the data directory .*file$/);
});

test("reads what the first versions wrote, which did not number their format", () => {
  const directory = mkdtempSync(join(tmpdir(), "host-store-"));
  const before = new DatabaseSync(join(directory, "vaultwright.db"));
  before.exec(`
    CREATE TABLE entries (
      space TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (space, key)
    ) WITHOUT ROWID;
    INSERT INTO entries VALUES ('space', 'key', x'76616c7565');
  `);
  before.close();

  const store = openSqliteStore(directory);

  assert.equal(Buffer.from(store.get("space", "key") ?? []).toString(), "value");
  store.close();
});

test("refuses what a newer version wrote, changes nothing of it, and lets go of the folder", () => {
  const directory = mkdtempSync(join(tmpdir(), "host-store-"));
  const newer = new DatabaseSync(join(directory, "vaultwright.db"));
  newer.exec("CREATE TABLE things (x); PRAGMA user_version = 7;");
  newer.close();
  const before = readFileSync(join(directory, "vaultwright.db"));

  for (const _ of [1, 2])
    assert.throws(
      () => openSqliteStore(directory),
      /cannot open the data directory .*: it was written by a newer version of this program: its format is 7, and this version knows 1/,
    );

  assert.deepEqual(readFileSync(join(directory, "vaultwright.db")), before);
});

test("undoes all of a work that failed", () => {
  const store = openSqliteStore(mkdtempSync(join(tmpdir(), "host-store-")));

  const work = (): void =>
    store.atomically(() => {
      store.put("space", "key", Buffer.from("value"));
      throw new Error("fails");
    });

  assert.throws(work, /fails/);
  assert.equal(store.get("space", "key"), undefined);
  store.close();
});
