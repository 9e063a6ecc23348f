import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { binaryDirectory } from "../../scripts/project.ts";
import { wrappedCertificate } from "../certificates.ts";
import { whereGoIs } from "../go.ts";
import { buildGoHost } from "../hosts/go-build.ts";
import { startUnwrapApi, unwrapToken } from "../hosts/unwrap-api.ts";
import { kv } from "../plugins.ts";
import { verifies } from "../verifies.ts";

whereGoIs("go-plugin 1.8.0 with one connection for everything", () => {
  test("two mounts of the KV plugin write and read through storage that they knocked for", async () => {
    verifies("W13", "W60", "W61", "W62", "W66");

    const { endedInMs, ...seen } = await runHost();

    assert.deepEqual(seen, {
      version: 5,
      read: { first: "value of first", second: "value of second" },
      stored: { first: 1, second: 1 },
      large: true,
    });
    // The client waits two seconds for an orderly end before it kills.
    assert.ok(endedInMs < 2000, `the plugin took ${endedInMs} ms to end`);
  });

  test("the mount of a KV plugin that unwraps its certificate does so too, with version 4", async (t) => {
    verifies("W46", "W60", "W61", "W62", "W66");
    const wrapped = await wrappedCertificate();
    const api = await startUnwrapApi(wrapped.data);
    t.after(() => api.close());

    const { endedInMs, ...seen } = await runHost({
      VAULT_UNWRAP_TOKEN: unwrapToken({ addr: api.address, type: "wrapping" }),
      WRAPPED_CERTIFICATE: wrapped.cert,
      WRAPPED_KEY: wrapped.key,
    });

    assert.deepEqual(seen, { version: 4, read: { first: "value of first" }, stored: { first: 1 }, large: true });
    assert.equal(api.received.length, 1);
    assert.ok(endedInMs < 2000, `the plugin took ${endedInMs} ms to end`);
  });

  test("the KV plugin describes itself so in plain text, before it is given a certificate", async () => {
    verifies("W60", "W66");

    const { endedInMs, ...seen } = await runHost({ METADATA_MODE: "true" });

    assert.deepEqual(seen, { version: 4, type: "secret", read: {}, stored: {}, large: false });
    assert.ok(endedInMs < 2000, `the plugin took ${endedInMs} ms to end`);
  });
});

async function runHost(env: Readonly<Record<string, string>> = {}) {
  const host = await buildGoHost("go-plugin");
  const options = { timeout: 60_000, env: { ...process.env, ...env } };
  const { stdout } = await promisify(execFile)(host, [join(binaryDirectory, kv.name)], options);
  return JSON.parse(stdout);
}
