import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { createKeyedHash } from "../../src/values/keyed-hash.ts";

test("gives the HMAC of each text, also of many and again", () => {
  const hash = createKeyedHash("key");
  const texts = Array.from({ length: 1_500 }, (_, index) => `text ${index}`);

  for (const text of [...texts, ...texts])
    assert.equal(hash(text), createHmac("sha256", "key").update(text).digest("hex"));
});
