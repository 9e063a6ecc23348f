import assert from "node:assert/strict";
import { test } from "node:test";
import type { Log } from "@vaultwright/core/launch";
import { silentLog } from "../silent-log.ts";
import { startTestHost } from "../test-host.ts";

test("answers what it does not have as an unknown path, and says so once", async () => {
  const warnings: string[] = [];
  const log: Log = { ...silentLog, warn: (message) => void warnings.push(message) };
  await using host = await startTestHost({}, { log: { ...log, with: () => log } });

  const first = await host.call("GET", "sys/internal/counters/activity");
  await host.call("GET", "sys/internal/counters/activity");
  await host.call("LIST", "sys/audit");

  assert.deepEqual([first.status, first.body.errors], [404, ["1 error occurred:\n\t* unsupported path\n\n"]]);
  assert.deepEqual(warnings, [
    "the embedded server does not have sys/internal/counters/activity",
    "the embedded server does not have sys/audit",
  ]);
});
