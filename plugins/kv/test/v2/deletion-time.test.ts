import assert from "node:assert/strict";
import { test } from "node:test";
import { createTestClock } from "@vaultwright/core/testing";
import { mounted, notFoundData, readValue, versionsOf, writeVersions } from "./mount.ts";

const start = new Date("2026-01-01T00:00:00Z");
const lives: readonly (readonly [string, string, string])[] = [
  ["0s", "3h", "2026-01-01T03:00:00Z"],
  ["6h", "3h", "2026-01-01T03:00:00Z"],
  ["3h", "6h", "2026-01-01T03:00:00Z"],
  ["3h", "0s", "2026-01-01T03:00:00Z"],
  ["-1s", "3h", ""],
  ["0s", "0s", ""],
];

for (const [mountLife, ownLife, expected] of lives)
  test(`a version lives the shorter of ${mountLife} and ${ownLife} [K100, K101, K102, K103, K189]`, async (t) => {
    createTestClock(t, start);
    const { write, patch } = await mounted();
    await write("config", { delete_version_after: mountLife });
    await write("metadata/foo", { delete_version_after: ownLife });

    const written = await write("data/foo", { data: {} });
    const patched = await patch("data/foo", { data: { a: 1 } });

    assert.equal(written?.data?.["deletion_time"], expected);
    assert.equal(patched?.data?.["deletion_time"], expected);
  });

test("a version is deleted when its time has come, and can be brought back for as long again [K82, K104, K105]", async (t) => {
  const clock = createTestClock(t, start);
  const mount = await mounted();
  await mount.write("config", { delete_version_after: "2s" });
  await writeVersions(mount, "foo", 1);

  clock.advance(1);
  assert.deepEqual((await readValue(mount, "foo")).data, { n: 1 });
  clock.advance(1);
  assert.equal(notFoundData(await mount.read("data/foo"))["data"], null);
  clock.advance(60);
  await mount.write("undelete/foo", { versions: [1] });

  assert.equal((await readValue(mount, "foo")).metadata["deletion_time"], "2026-01-01T00:01:04Z");
});

test("an undeletion of what is not deleted begins its life anew [K83]", async (t) => {
  const clock = createTestClock(t, start);
  const mount = await mounted();
  await mount.write("config", { delete_version_after: "1h" });
  await writeVersions(mount, "foo", 1);

  clock.advance(60);
  await mount.write("undelete/foo", { versions: [1] });

  assert.equal((await versionsOf(mount, "foo"))["1"]?.["deletion_time"], "2026-01-01T01:01:00Z");
});

test("a setting does not change the versions that are there [K106]", async () => {
  const mount = await mounted();
  await writeVersions(mount, "foo", 1);

  await mount.write("metadata/foo", { delete_version_after: "1h" });
  await mount.write("config", { delete_version_after: "1h" });

  assert.equal((await versionsOf(mount, "foo"))["1"]?.["deletion_time"], "");
});
