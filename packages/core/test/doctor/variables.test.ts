import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkVariables } from "../../src/doctor/variables.ts";

describe("variables that change what a checked file does", () => {
  test("are named without their values", () => {
    assert.deepEqual(checkVariables({ PATH: "/bin", NODE_OPTIONS: "--import=evil", BUN_OPTIONS: "--preload=evil" }), {
      state: "failed",
      text: "BUN_OPTIONS, NODE_OPTIONS change how the runtime behaves, though the file's SHA-256 stays",
      repair: "Unset BUN_OPTIONS, NODE_OPTIONS for the server; plugins inherit its environment.",
    });
  });

  test("are not those of Bun's installer, nor those that are not set", () => {
    assert.equal(checkVariables({ BUN_INSTALL: "/opt/bun", NODE_OPTIONS: undefined }).state, "ok");
  });
});
