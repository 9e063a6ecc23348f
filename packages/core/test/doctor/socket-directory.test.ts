import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { checkSocketDirectory } from "../../src/doctor/socket-directory.ts";

describe("where sockets are made", { skip: process.platform === "win32" && "there are none on Windows" }, () => {
  let directory = "";
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "vw-"));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  test("is tried, and the length of a path told", () => {
    const length = Buffer.byteLength(directory) + 19;

    assert.deepEqual(checkSocketDirectory({ PLUGIN_UNIX_SOCKET_DIR: directory }), {
      state: "ok",
      text: `${directory} takes sockets, with paths of ${length} bytes`,
    });
  });

  test("may not have too long a path", () => {
    const long = join(directory, "d".repeat(100));
    mkdirSync(long);

    const finding = checkSocketDirectory({ PLUGIN_UNIX_SOCKET_DIR: long });

    assert.equal(finding.state, "failed");
    assert.match(finding.text, /^the socket path .* bytes, the system allows 10[37]/);
  });

  test("must exist", () => {
    const finding = checkSocketDirectory({ PLUGIN_UNIX_SOCKET_DIR: join(directory, "missing") });

    assert.equal(finding.state, "failed");
    assert.match(finding.text, /^no socket can be made in .*ENOENT/);
  });

  test("may not let anybody remove sockets", () => {
    const open = join(directory, "open");
    mkdirSync(open);
    chmodSync(open, 0o777);

    assert.deepEqual(checkSocketDirectory({ PLUGIN_UNIX_SOCKET_DIR: open }), {
      state: "failed",
      text: `anybody may remove sockets in ${open}`,
      repair: `chmod +t ${open}`,
    });
  });

  test("needs a group that exists, where one is named", () => {
    const group = "no-such-group-here";

    const finding = checkSocketDirectory({ PLUGIN_UNIX_SOCKET_DIR: directory, PLUGIN_UNIX_SOCKET_GROUP: group });

    assert.equal(finding.state, "failed");
    assert.match("repair" in finding ? finding.repair : "", /number of the group/);
  });
});
