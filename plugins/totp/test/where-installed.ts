import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

const isContinuousIntegration = ["true", "1"].includes(process.env["CI"] ?? "");

/**
 * Registers tests that ask a program that no one here wrote. Where it is not installed they are shown as left out; where
 * everything must run, that is a failure.
 */
export function whereInstalled(program: string, debianPackage: string, register: () => void): void {
  if (spawnSync(program, ["--version"]).status === 0) {
    register();
    return;
  }
  const missing = `${program} is not installed; Debian has it in ${debianPackage}`;
  test(`what ${program} says`, { skip: isContinuousIntegration ? false : missing }, () => assert.fail(missing));
}
