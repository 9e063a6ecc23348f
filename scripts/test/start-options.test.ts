import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { parseStartOptions } from "../start/options.ts";

const start = join(import.meta.dirname, "..", "start.ts");

test("reads an address as host and port", () => {
  const options = parseStartOptions(["--address", "127.0.0.1:8300"]);

  assert.deepEqual(options.address, { host: "127.0.0.1", port: 8300 });
});

test("reads a server with its plugin directory", () => {
  const options = parseStartOptions(["--server", "http://127.0.0.1:8200", "--plugin-dir", "plugins", "--tour"]);

  assert.equal(options.server?.origin, "http://127.0.0.1:8200");
  assert.equal(options.pluginDir, "plugins");
  assert.equal(options.tour, true);
});

test("reads the product that the embedded server is like", () => {
  assert.equal(parseStartOptions(["--like", "openbao"]).like, "openbao");
  assert.equal(parseStartOptions([]).like, undefined);
});

const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
  ["an unknown option", ["--tuor"], /unknown option '--tuor'/],
  ["an address without a port", ["--address", "127.0.0.1"], /it must be HOST:PORT/],
  ["a server without a plugin directory", ["--server", "http://127.0.0.1:8200"], /--server needs --plugin-dir/],
  ["a plugin directory without a server", ["--plugin-dir", "plugins"], /--plugin-dir needs --server/],
  ["a product that is neither Vault nor OpenBao", ["--like", "consul"], /Allowed choices are vault, openbao/],
  [
    "an option of the embedded server for another one",
    ["--server", "http://127.0.0.1:8200", "--plugin-dir", "p", "--data", "d"],
    /are for the embedded server/,
  ],
];

for (const [what, argv, message] of refused) {
  test(`refuses ${what}`, () => {
    const { status, stderr } = spawnSync(process.execPath, ["--conditions=@vaultwright/source", start, ...argv], {
      encoding: "utf8",
    });

    assert.equal(status, 1);
    assert.match(stderr, message);
  });
}
