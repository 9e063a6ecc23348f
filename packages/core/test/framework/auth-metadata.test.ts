import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { authMetadata } from "../../src/index.ts";

const metadata = authMetadata({ default: ["account_id"], available: ["auth_type", "role"] });

describe("metadata of logins", () => {
  test("is the default, whatever that is by then, until something is chosen", () => {
    assert.equal(metadata.parse(undefined), undefined);
    assert.equal(metadata.parse([" Default "], ["role"]), undefined);
    assert.deepEqual(metadata.chosen(undefined), ["account_id"]);
  });

  test("is what is chosen, and nothing where that is nothing", () => {
    assert.deepEqual(metadata.parse(["Role", "auth_type", "role"]), ["auth_type", "role"]);
    assert.deepEqual(metadata.parse([]), []);
    assert.deepEqual(metadata.parse(undefined, ["role"]), ["role"]);
    assert.deepEqual(metadata.chosen([]), []);
  });

  test("cannot be the default and more", () => {
    assert.throws(() => metadata.parse(["role", "default"]), {
      kind: "user",
      message: '["default" "role"] contains default - default can\'t be used in combination with other fields',
    });
  });

  test("must be offered", () => {
    assert.throws(() => metadata.parse(["role", "height"]), {
      message: '"height, role" contains an unavailable field, please select from "account_id, auth_type, role"',
    });
  });

  test("is refused in the definition where nobody could choose it", () => {
    const whys = {
      Role: 'the name "Role" could not be chosen: write it in lower case',
      " role": 'the name " role" could not be chosen: it needs a text without white space around it',
      "": 'the name "" could not be chosen: it needs a text without white space around it',
      "a,b": 'the name "a,b" could not be chosen: a comma separates names',
      default: 'the name "default" could not be chosen: "default" stands for all names of default',
    };

    for (const [name, why] of Object.entries(whys)) {
      const message = `authMetadata: ${why}`;
      assert.throws(() => authMetadata({ default: [name] }), { name: "DefinitionError", message });
      assert.throws(() => authMetadata({ default: [], available: [name] }), { name: "DefinitionError", message });
    }
  });

  test("has no empty values", () => {
    const values = { account_id: "1", auth_type: "", role: "dev", other: "x" };

    assert.deepEqual(metadata.select(undefined, values), new Map([["account_id", "1"]]));
    assert.deepEqual(metadata.select(["auth_type", "role"], values), new Map([["role", "dev"]]));
    assert.deepEqual(metadata.select([], values), new Map());
  });

  test("is chosen by a list, or by text with commas", () => {
    assert.deepEqual(metadata.field.parse("role,auth_type"), ["role", "auth_type"]);
    assert.equal(metadata.field.parse(undefined), undefined);
  });
});
