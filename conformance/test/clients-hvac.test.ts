import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type HvacEnvironment, hasPython, prepareHvac } from "../clients/hvac/environment.ts";
import { runHvac } from "../clients/hvac/run.ts";
import { excludedFiles, expectedFailures, includedFiles, undecided } from "../clients/hvac/tests.ts";
import { preparePluginDirectory } from "../plugins.ts";

const isContinuousIntegration = ["true", "1"].includes(process.env["CI"] ?? "");
const skip = isContinuousIntegration || hasPython() ? false : "Python 3.10 with venv and pip is not installed";

// Some two hundred tests, each of which sends many requests.
const timeout = 300_000;

test("hvac's own tests pass against the embedded host", { skip, timeout }, async ({ signal }) => {
  const environment = await prepareHvac();
  const directory = await preparePluginDirectory();
  try {
    const all = await runHvac(environment, directory, includedFiles, signal);
    const outcomes = all.filter(({ test }) => !undecided.some(([tests]) => tests.test(test)));

    const isExpected = (name: string): boolean => expectedFailures.some(([tests]) => tests.test(name));
    const failed = outcomes.filter(({ outcome }) => outcome === "failed");
    const passed = outcomes.filter(({ outcome }) => outcome === "passed").map(({ test }) => test);
    assert.deepEqual(
      failed.filter(({ test }) => !isExpected(test)).map(({ test, text }) => `${test}: ${text.slice(-800)}`),
      [],
    );
    assert.deepEqual(passed.filter(isExpected), [], "these tests pass by now and must leave the list");
    const unused = expectedFailures.filter(([tests]) => !failed.some(({ test }) => tests.test(test)));
    assert.deepEqual(unused, [], "no test fails for these reasons any more");
    console.log(`hvac: ${passed.length} tests passed, ${failed.length} failed as expected`);
  } finally {
    directory.remove();
  }
});

test("each of hvac's files of tests is run or left out with a reason", { skip, timeout }, async () => {
  const files = testFiles(await prepareHvac());

  const isIncluded = (file: string): boolean => includedFiles.includes(file);
  const isExcluded = (file: string): boolean => excludedFiles.some(([pattern]) => pattern.test(file));
  assert.deepEqual(
    files.filter((file) => isIncluded(file) === isExcluded(file)),
    [],
  );
  assert.deepEqual(
    includedFiles.filter((file) => !files.includes(file)),
    [],
  );
});

function testFiles({ source }: HvacEnvironment): string[] {
  const folder = join(source, "tests", "integration_tests");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names.map((name) => name.replaceAll("\\", "/")).filter((name) => /\/test_[^/]*\.py$/.test(name));
}
