import assert from "node:assert/strict";
import { before, test } from "node:test";
import { generateKey } from "openpgp";
import { readSigningKey, readTrustedKey, signDetached, verifyDetached } from "../../release/signature.ts";

const sums = Buffer.from("checksums");
let armored: string;
let locked: string;

before(async () => {
  const userIDs = { name: "Releases" };
  armored = (await generateKey({ userIDs })).privateKey;
  locked = (await generateKey({ userIDs, passphrase: "open sesame" })).privateKey;
});

test("what was signed by the key of the environment is verified by it", async () => {
  const environment = { RELEASE_SIGNING_KEY: locked, RELEASE_SIGNING_PASSPHRASE: "open sesame" };
  const [key, trusted] = [await readSigningKey(environment), await readTrustedKey(environment)];
  assert.ok(key !== undefined && trusted !== undefined);

  const fingerprint = await verifyDetached(sums, await signDetached(sums, key), trusted);

  assert.match(fingerprint, /^[0-9A-F]{40}$/);
});

test("other bytes, and another key, are refused", async () => {
  const key = await readSigningKey({ RELEASE_SIGNING_KEY: armored });
  const other = await readTrustedKey({ RELEASE_SIGNING_KEY: locked, RELEASE_SIGNING_PASSPHRASE: "open sesame" });
  assert.ok(key !== undefined && other !== undefined);
  const signature = await signDetached(sums, key);

  await assert.rejects(verifyDetached(Buffer.from("others"), signature, key.toPublic()));
  await assert.rejects(verifyDetached(sums, signature, other));
});

test("without a key there is none to sign by", async () => {
  assert.equal(await readSigningKey({}), undefined);
});

test("a key that cannot be used is named by its variable, and not shown", async () => {
  await assert.rejects(readSigningKey({ RELEASE_SIGNING_KEY: locked }), {
    message: "the key in RELEASE_SIGNING_KEY is locked; set RELEASE_SIGNING_PASSPHRASE",
  });
  const wrong = readSigningKey({ RELEASE_SIGNING_KEY: locked, RELEASE_SIGNING_PASSPHRASE: "open barley" });
  await assert.rejects(wrong, { message: "RELEASE_SIGNING_PASSPHRASE cannot be used" });
  await assert.rejects(readSigningKey({ RELEASE_SIGNING_KEY: "no key" }), {
    message: "RELEASE_SIGNING_KEY cannot be used",
  });
});
