import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { binaryDirectory } from "../../scripts/project.ts";
import { whereGoIs } from "../go.ts";
import { buildGoHost } from "../hosts/go-build.ts";
import { exampleAuth, kv } from "../plugins.ts";

whereGoIs("the SDK of Vault 1.10 as the host", () => {
  for (const [{ name }, type] of [
    [kv, "secret"],
    [exampleAuth, "auth"],
  ] as const) {
    test(`${name} describes itself to the SDK of Vault 1.10 on go-plugin 1.4.3`, async () => {
      const host = await buildGoHost("go-sdk-old");

      const { stdout, stderr } = await promisify(execFile)(host, [join(binaryDirectory, name)]);

      const told = new Map(
        stdout
          .trim()
          .split("\n")
          .map((line) => [JSON.parse(line).check, JSON.parse(line)]),
      );
      assert.equal(told.get("setup").error, undefined);
      assert.equal(told.get("type").value, type);
      assert.equal(told.get("request").error, "plugin client can not perform action while in metadata mode");
      assert.match(stderr, /using plugin: metadata=true version=4/);
    });
  }
});
