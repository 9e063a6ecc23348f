import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { binaryDirectory } from "../../scripts/project.ts";
import { whereGoIs } from "../go.ts";
import { buildGoHost } from "../hosts/go-build.ts";
import { kv } from "../plugins.ts";
import { verifies } from "../verifies.ts";

whereGoIs("go-plugin 1.8.0 with one connection for everything", () => {
  test("two mounts of the KV plugin write and read through storage that they knocked for", async () => {
    verifies("W13", "W60", "W61", "W62", "W66");
    const host = await buildGoHost("go-plugin");

    const { stdout } = await promisify(execFile)(host, [join(binaryDirectory, kv.name)], { timeout: 60_000 });

    const { endedInMs, ...seen } = JSON.parse(stdout);
    assert.deepEqual(seen, {
      version: 5,
      read: { first: "value of first", second: "value of second" },
      stored: { first: 1, second: 1 },
      large: true,
    });
    // The client waits two seconds for an orderly end before it kills.
    assert.ok(endedInMs < 2000, `the plugin took ${endedInMs} ms to end`);
  });
});
