import assert from "node:assert/strict";
import { test } from "node:test";
import { createPasswords, type ScryptParameters } from "../src/password.ts";

test("accepts the password that was hashed and no other", async () => {
  const passwords = createPasswords();

  const hash = await passwords.hash("correct horse");

  assert.equal(await passwords.verify("correct horse", hash), true);
  assert.equal(await passwords.verify("correct hors", hash), false);
});

test("a hash names algorithm, costs and a salt of 16 bytes, and not the password [A137]", async () => {
  const passwords = createPasswords();

  const [hash, again] = await Promise.all([passwords.hash("password"), passwords.hash("password")]);

  assert.match(hash, /^\$scrypt\$ln=15,r=8,p=1\$[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=$/);
  assert.notEqual(hash, again);
});

test("counts every byte of a long password [A128]", async () => {
  const passwords = createPasswords();
  const password = "0123456789".repeat(20);

  const hash = await passwords.hash(password);

  assert.equal(await passwords.verify(password, hash), true);
  assert.equal(await passwords.verify(password.slice(0, 72), hash), false);
});

test("checks a hash with the costs that are written in it", async () => {
  // scrypt("pleaseletmein", "SodiumChloride", N = 16384, r = 8, p = 1), the third test vector of RFC 7914, cut to 32 bytes.
  const salt = Buffer.from("SodiumChloride").toString("base64");
  const key = Buffer.from("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2", "hex").toString("base64");

  const fits = await createPasswords().verify("pleaseletmein", `$scrypt$ln=14,r=8,p=1$${salt}$${key}`);

  assert.equal(fits, true);
});

test("does the work of a hash for an unknown user and for a broken record, and says no [A69]", async () => {
  const derived: ScryptParameters[] = [];
  const passwords = createPasswords({
    async derive(_password, parameters) {
      derived.push(parameters);
      return Buffer.alloc(32);
    },
  });

  const unknown = await passwords.verify("pw", undefined);
  const broken = await passwords.verify("pw", "$scrypt$nonsense");

  assert.deepEqual([unknown, broken], [false, false]);
  assert.deepEqual(
    derived.map(({ logCost, blockSize, parallelization }) => [logCost, blockSize, parallelization]),
    [
      [15, 8, 1],
      [15, 8, 1],
    ],
  );
});

test("does not spend work on a password longer than any that can be set", async () => {
  let derived = 0;
  const passwords = createPasswords({
    async derive() {
      derived += 1;
      return Buffer.alloc(32);
    },
  });

  const fits = await passwords.verify("é".repeat(513), undefined);

  assert.equal(fits, false);
  assert.equal(derived, 0);
});
