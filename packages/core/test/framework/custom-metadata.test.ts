import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkCustomMetadata } from "../../src/index.ts";

describe("custom metadata", () => {
  test("within the limits is fine", () => {
    checkCustomMetadata({});
    checkCustomMetadata({ ["k".repeat(128)]: "v".repeat(512), größe: "größer als 1 m²" });
  });

  test("of too many keys is refused by its count alone [S170]", () => {
    const members = Array.from({ length: 65 }, (_, index) => [`k${index}`, ""]);

    assert.throws(() => checkCustomMetadata(Object.fromEntries(members)), {
      kind: "user",
      message:
        "1 error occurred:\n\t* custom_metadata validation failed: payload must contain at most 64 keys, provided 65\n\n",
    });
  });

  test("shows all its other faults together [S170]", () => {
    const metadata = { "": "v", long: "v".repeat(513), odd: "a\u0007", "o\u0000": "v" };

    const prefix = "\t* custom_metadata validation failed: ";
    assert.throws(() => checkCustomMetadata(metadata), {
      message: [
        "4 errors occurred:",
        `${prefix}length of key "" is 0 but must be 0 < len(key) <= 128`,
        `${prefix}length of value for key "long" is 513 but must be 0 < len(value) <= 512`,
        `${prefix}key "o\\x00" (o\u0000) contains unprintable characters`,
        `${prefix}value for key "odd" contains unprintable characters`,
        "",
        "",
      ].join("\n"),
    });
  });

  test("is measured in bytes", () => {
    assert.throws(() => checkCustomMetadata({ ["ü".repeat(65)]: "" }), /key .* is 130 .*\n.*value .* is 0 but/);
  });
});
