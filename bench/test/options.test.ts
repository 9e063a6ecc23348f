import assert from "node:assert/strict";
import { test } from "node:test";
import { parseOptions } from "../options.ts";

test("compiles our plugins unless a folder with them is given", () => {
  const compiled = parseOptions(["--quick"]);
  const given = parseOptions(["--binaries", "/elsewhere"]);

  assert.ok(compiled !== "help" && given !== "help");
  assert.deepEqual([compiled.compiles, compiled.isQuick, compiled.beside], [true, true, undefined]);
  assert.deepEqual([given.compiles, given.ours.folder], [false, "/elsewhere"]);
  assert.equal(compiled.command, "npm run bench -- --quick");
});

test("measures the same build beside itself with another variable", () => {
  const options = parseOptions(["--binaries", "/ours", "--env", "A=1", "--beside-env", "A=2", "--beside-env", "B=x=y"]);

  assert.ok(options !== "help");
  assert.deepEqual(options.ours, { folder: "/ours", env: ["A=1"] });
  assert.deepEqual(options.beside, { folder: "/ours", env: ["A=2", "B=x=y"] });
});

test("refuses what is no variable, and options that it does not know", () => {
  assert.throws(() => parseOptions(["--env", "A"]), { message: "--env A: must be NAME=VALUE" });
  assert.throws(() => parseOptions(["--quik"]), /Unknown option '--quik'/);
});
