import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { binaryDirectory } from "../../scripts/project.ts";
import { whereGoIs } from "../go.ts";
import { buildGoHost } from "../hosts/go-build.ts";
import { exampleAuth, kv } from "../plugins.ts";
import { verifies } from "../verifies.ts";

whereGoIs("the SDK of Vault 1.10 as the host", () => {
  for (const [{ name }, type] of [
    [kv, "secret"],
    [exampleAuth, "auth"],
  ] as const) {
    test(`${name} describes itself to the SDK of Vault 1.10 on go-plugin 1.4.3`, async () => {
      const { told, log } = await runHost(name);

      assert.equal(told.get("setup").error, undefined);
      assert.equal(told.get("type").value, type);
      assert.equal(told.get("request").error, "plugin client can not perform action while in metadata mode");
      assert.match(log, /using plugin: metadata=true version=4/);
      // Every plugin is killed here, Go's too: the SDK closes the connection first and asks for the end of the process on
      // it afterwards (vault, sdk/plugin/grpc_backend_client.go, Cleanup).
      assert.match(log, /error closing client during Kill: .*the client connection is closing/);
    });
  }

  for (const version of [4, 5]) {
    test(`version ${version} with AutoMTLS works with go-plugin 1.4.3, and ends when it is asked to`, async () => {
      verifies("W34", "W40");
      const { told, log } = await runHost(kv.name, String(version));

      assert.equal(told.get("version").value, version);
      assert.deepEqual(told.get("read"), { check: "read", value: "b" });
      assert.ok(told.get("ended").value < 2_000, log);
      assert.match(log, /plugin exited/);
      assert.doesNotMatch(log, /exit gracefully/);
    });
  }
});

async function runHost(name: string, ...args: readonly string[]) {
  const host = await buildGoHost("go-sdk-old");
  const { stdout, stderr } = await promisify(execFile)(host, [join(binaryDirectory, name), ...args], {
    timeout: 60_000,
  });
  const checks = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  return { told: new Map(checks.map((one) => [one.check, one])), log: stderr };
}
