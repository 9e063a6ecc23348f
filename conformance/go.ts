import assert from "node:assert/strict";
import { test } from "node:test";
import { hasGo } from "./hosts/vault-build.ts";

/** Whether this run decides, so that nothing may be left out. */
export const isContinuousIntegration: boolean = ["true", "1"].includes(process.env["CI"] ?? "");

/** Registers tests that need Go. Without it they are shown as left out; where everything must run, that is a failure. */
export function whereGoIs(what: string, register: () => void): void {
  if (hasGo()) {
    register();
    return;
  }
  const skip = isContinuousIntegration ? false : "Go is not installed";
  test(what, { skip }, () => assert.fail("Go is not installed, and this is CI"));
}
