import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fakePlugins } from "../fake-plugins.ts";
import { passThrough } from "../pass-through.ts";
import { startTestHost } from "../test-host.ts";

test("starts kept mounts with a binary that has changed since, when it is registered at the start", async (t) => {
  const dataDirectory = mkdtempSync(join(tmpdir(), "vaultwright-host-"));
  t.after(() => rmSync(dataDirectory, { recursive: true }));
  const fakes = fakePlugins({ store: passThrough });
  const first = await startTestHost(fakes, { dataDirectory });
  await first.mount("secret", "store", "kv");
  await first.call("POST", "kv/a", { body: { kept: true } });
  await first.host.close();
  appendFileSync(join(fakes.directory, "store"), "changed");
  const entry = { name: "store", version: "", command: "store", args: [], env: [], sha256: fakes.sha256("store") };
  const errors: string[] = [];
  const silent = () => {};
  const log = {
    trace: silent,
    debug: silent,
    info: silent,
    warn: silent,
    error: (m: string) => errors.push(m),
    with: () => log,
  };

  await using second = await startTestHost(fakes, { dataDirectory, log, plugins: [{ ...entry, type: "secret" }] });
  const answer = await second.call("GET", "kv/a");

  assert.deepEqual(errors, []);
  assert.deepEqual(answer.body.data, { kept: true });
});
