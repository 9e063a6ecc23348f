import assert from "node:assert/strict";
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { checkPermissions } from "../../src/doctor/permissions.ts";

const skip = process.getuid === undefined && "this system has other permissions than Unix";

describe("the permissions of a plugin's file", { skip }, () => {
  let directory = "";
  let file = "";
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "vw-"));
    file = join(directory, "plugin");
    writeFileSync(file, "");
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  function checked({ mode = 0o755, above = 0o755 }: { mode?: number; above?: number }, self?: number) {
    chmodSync(file, mode);
    chmodSync(directory, above);
    return checkPermissions(file, self);
  }

  test("are well where only the owner can change it", () => {
    assert.deepEqual(checked({}), {
      state: "ok",
      text: `mode 0755, owned by user ${process.getuid?.()}, replaceable by nobody else`,
    });
  });

  test("must let it be executed", () => {
    assert.deepEqual(checked({ mode: 0o644 }), {
      state: "failed",
      text: "not executable (mode 0644)",
      repair: `chmod 0755 ${file}`,
    });
  });

  test("must not let others write, to the file or beside it", () => {
    assert.deepEqual(checked({ mode: 0o775 }), {
      state: "failed",
      text: "writable by more users than its owner (mode 0775)",
      repair: `chmod go-w ${file}`,
    });
    assert.equal(checked({ above: 0o777 }).text, `can be replaced by whoever may write to ${directory}`);
    assert.equal(checked({ above: 0o1777 }).state, "ok");
  });

  test("must not be a stranger's", () => {
    const self = process.getuid?.() ?? 0;
    // Root may give the file away; anybody else looks at it as if they were another.
    if (self === 0) chownSync(file, 4242, 0);

    const { text } = checked({}, self === 0 ? 0 : self + 1);

    assert.match(text, /^owned by user \d+, who is neither root nor the user of this process/);
  });
});
