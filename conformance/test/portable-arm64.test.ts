import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { compile } from "../../packages/vaultwright/src/compile/compile.ts";
import { fetchBun } from "../../packages/vaultwright/src/compile/fetch-bun.ts";
import { sealedRuntime } from "../../packages/vaultwright/src/compile/sealed-runtime.ts";
import { makePortable } from "../../scripts/portable/make-portable.ts";
import { root as repository } from "../../scripts/project.ts";
import { hostCertificate } from "../certificates.ts";
import { dial } from "../dial.ts";
import { isContinuousIntegration } from "../go.ts";
import { cookie, runToHandshake } from "../plugin-process.ts";
import { kv } from "../plugins.ts";
import { makeRoot, whyNoRoots } from "../roots.ts";

/** Debian's package qemu-user-static has it: a program without libraries that runs programs for another machine. */
const emulator = "/usr/bin/qemu-aarch64-static";

describe("a portable file for ARM64, in an emulator", { skip: whyNot() }, () => {
  let folder = "";
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "vw-"));
    const cache = join(repository, ".cache");
    const runtime = await sealedRuntime(await fetchBun("linux-arm64", cache), cache);
    const options = {
      folder: repository,
      runtime,
      conditions: ["@vaultwright/source"],
      platform: "linux-arm64",
    } as const;
    await compile(join(repository, "plugins", "kv", "src", "main.ts"), join(folder, kv.name), options);
    await makePortable({ file: join(folder, kv.name), arch: "arm64" });
  });
  after(() => rmSync(folder, { recursive: true }));

  test("starts in an empty root", { skip: whyNoRoots() }, async () => {
    const root = makeRoot("empty");
    root.add(emulator, "emulator");
    root.add(join(folder, kv.name), kv.name);

    const ended = await root.run({ user: "65534:65534" }, "/opt/emulator", [`/opt/${kv.name}`, "--version"]);
    root.remove();

    assert.equal(ended.stderr, "");
    assert.match(ended.stdout, /^v\d+\.\d+\.\d+/);
    assert.equal(ended.code, 0);
  });

  test("serves the host that started it, without the variables that are dropped", async () => {
    const host = await hostCertificate();
    // With either of these it would end before it serves, unless the stub drops them.
    const dropped = { LD_TRACE_LOADED_OBJECTS: "1", BUN_JSC_dumpOptions: "1" };
    const own = { PLUGIN_PROTOCOL_VERSIONS: "5", PLUGIN_CLIENT_CERT: host.cert, TMPDIR: folder };
    const environment = { ...dropped, ...cookie, ...own };
    const plugin = await runToHandshake(emulator, environment, [join(folder, kv.name)]);

    const dialled = await dial(plugin.handshake[3] ?? "", { ...host, rejectUnauthorized: false });
    await plugin.kill();

    assert.deepEqual(dialled, { served: true, tls: "TLSv1.3", alpn: "h2" });
  });
});

function whyNot(): string | undefined {
  if (process.platform !== "linux") return "programs for Linux are emulated on Linux only";
  // Where everything must run, a missing emulator is a failure.
  if (isContinuousIntegration || spawnSync(emulator, ["--version"]).status === 0) return undefined;
  return `${emulator} is missing; install Debian's package qemu-user-static`;
}
