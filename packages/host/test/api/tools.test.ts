import assert from "node:assert/strict";
import { test } from "node:test";
import { startTestHost } from "../test-host.ts";

test("makes random bytes in the form and number that is asked for", async () => {
  await using host = await startTestHost();
  const random = async (path: string, body: object = {}) =>
    (await host.call("POST", `sys/tools/${path}`, { body })).body.data.random_bytes;

  assert.equal(Buffer.from(await random("random"), "base64").length, 32);
  assert.match(await random("random/8", { format: "hex" }), /^[0-9a-f]{16}$/);
  assert.match(await random("random/platform/8", { format: "hex" }), /^[0-9a-f]{16}$/);
  assert.match(await random("random/seal", { format: "hex", bytes: 4 }), /^[0-9a-f]{8}$/);
});

test("refuses random bytes that cannot be", async () => {
  await using host = await startTestHost();
  const problem = async (path: string, body: object = {}) =>
    (await host.call("POST", `sys/tools/${path}`, { body })).body.errors[0];

  assert.equal(await problem("random", { bytes: 0 }), '"bytes" cannot be less than 1');
  assert.equal(await problem("random", { bytes: 131073 }), '"bytes" should be less than 131072');
  assert.equal(
    await problem("random", { format: "odd" }),
    'unsupported encoding format "odd"; must be "hex" or "base64"',
  );
  assert.equal(
    await problem("random/odd"),
    'error parsing url-set byte count: strconv.Atoi: parsing "odd": invalid syntax',
  );
});

test("hashes data", async () => {
  await using host = await startTestHost();
  const hash = (path: string, body: object) => host.call("POST", `sys/tools/${path}`, { body });
  const input = Buffer.from("hello").toString("base64");

  const plain = await hash("hash", { input });
  const short = await hash("hash/sha3-224", { input, format: "base64" });
  const unknown = await hash("hash/md5", { input });
  const broken = await hash("hash", { input: "!!" });

  assert.equal(plain.body.data.sum, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
  assert.equal(short.body.data.sum, "uH+IxycC//F0jli4fpFBpCwNvtwpp4yw1KXNgQ==");
  assert.deepEqual([unknown.status, unknown.body.errors], [400, ["unsupported algorithm md5"]]);
  assert.equal(broken.status, 400);
});
