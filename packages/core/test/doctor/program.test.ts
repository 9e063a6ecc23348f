import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkProgram, thisProgram } from "../../src/doctor/program.ts";

const running = {
  execPath: "/usr/bin/node",
  execArgv: ["--conditions=x"],
  versions: { ...process.versions, node: "26.10.0" },
};

describe("what runs", () => {
  test("is a script that the runtime is started with again", () => {
    const program = thisProgram({ ...running, argv: ["/usr/bin/node", "/srv/main.ts", "doctor"] });

    assert.deepEqual(program, {
      file: "/srv/main.ts",
      isCompiled: false,
      runtime: "Node 26.10.0",
      command: { file: "/usr/bin/node", args: ["--conditions=x", "/srv/main.ts"] },
    });
    assert.equal(checkProgram(program).state, "note");
  });

  test("is one file where the entry lies inside of it, or is itself", () => {
    for (const entry of ["/$bunfs/root/plugin", "B:\\~BUN\\root\\plugin.exe", "/usr/bin/node"]) {
      const program = thisProgram({ ...running, argv: ["bun", entry, "doctor"] });

      assert.deepEqual([program.file, program.isCompiled], ["/usr/bin/node", true]);
      assert.deepEqual(program.command, { file: "/usr/bin/node", args: [] });
      assert.equal(checkProgram(program).state, "ok");
    }
  });
});
