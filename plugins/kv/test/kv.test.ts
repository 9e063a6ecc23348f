import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "@vaultwright/core/testing";
import { kv } from "../src/kv.ts";

test("is version 1 when the mount names no version", async () => {
  for (const options of [{}, { version: "" }, { version: "1" }]) {
    const mount = await harness(kv, { options });

    await mount.write("foo", { raw: "test" });

    assert.deepEqual(await mount.read("foo"), { data: { raw: "test" } });
  }
});

test("refuses a version that it does not have, and names those that it has", async () => {
  for (const version of ["3", "01", "v1"]) {
    const setup = harness(kv, { options: { version } });

    await assert.rejects(setup, {
      kind: "user",
      message: `version "${version}" of the key/value store is not supported; there are "1" and "2"`,
    });
  }
});

test("needs the mount's id for version 2, below which it stores everything [K234]", async () => {
  const setup = harness((mount) => kv({ ...mount, uuid: "" }), { options: { version: "2" } });

  await assert.rejects(setup, { message: "could not initialize versioned K/V Store, no UUID was provided" });
});

test("starts without a mount, as hosts ask for when they look at a plugin", async () => {
  const mount = await harness(kv);

  assert.equal(mount.backend.type, "secret");
  assert.deepEqual(mount.backend.specialPaths?.sealWrapStorage, ["*"]);
  assert.deepEqual(mount.backend.specialPaths?.allowSnapshotRead, ["*"]);
});

test("has no paths that are open to everybody or for root only", async () => {
  const { backend } = await harness(kv);

  assert.deepEqual(backend.specialPaths?.root ?? [], []);
  assert.deepEqual(backend.specialPaths?.unauthenticated ?? [], []);
});

test("explains itself and its path [K232]", async () => {
  const mount = await harness(kv);

  assert.match(await mount.help(""), /Keeps objects/);
  assert.match(await mount.help("some/path"), /Read, write and delete an object/);
});

test("names its operations after its version", async () => {
  const mount = await harness(kv);

  const help = await mount.request("help", "", { requestResponsePrefix: "kv" });

  assert.match(JSON.stringify(help?.data?.["openapi"]), /"operationId":"kv-v1-write"/);
});
