import assert from "node:assert/strict";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { type LaunchOptions, launchPlugin } from "../../src/rpc/launch.ts";
import type { LogLine } from "../../src/rpc/log-line.ts";
import {
  cookie,
  filesIn,
  launchFixture,
  ownTemporaryDirectory,
  pluginFile,
  runtimes,
  temporaryDirectory,
} from "./fixture.ts";

/** Launches a shell script in place of a plugin. */
function launchScript(t: TestContext, lines: string, options: Partial<LaunchOptions> = {}) {
  const file = join(temporaryDirectory(t), "script");
  writeFileSync(file, `#!/bin/sh\n${lines}\n`);
  chmodSync(file, 0o755);
  return launchPlugin({ file, cookie, versions: [5], ...options });
}

describe("launching a plugin", { timeout: 80_000 }, () => {
  test("refuses a file that is not there", async () => {
    const launch = launchPlugin({ file: "/nowhere/plugin", cookie, versions: [5] });

    await assert.rejects(launch, { name: "PluginError", code: "spawn-failed", message: /plugin \/nowhere\/plugin: / });
  });

  test("refuses a file that may not be executed", async (t) => {
    const file = join(temporaryDirectory(t), "plugin");
    writeFileSync(file, "#!/bin/sh\n");

    await assert.rejects(launchPlugin({ file, cookie, versions: [5] }), {
      code: "spawn-failed",
      message: `cannot start plugin ${file}: spawn ${file} EACCES`,
    });
  });

  test("refuses arguments that no process can be given", async (t) => {
    const launch = launchScript(t, "exit 0", { args: ["x".repeat(3_000_000)] });

    await assert.rejects(launch, { code: "spawn-failed", message: /E2BIG/ });
  });

  test("says which plugin it was, and what it said last, when its first line is no handshake", async (t) => {
    const launch = launchScript(t, "echo 'licence expired' >&2; echo hello; exec sleep 60");

    await assert.rejects(launch, {
      code: "handshake-unrecognized",
      message: /^cannot start plugin .*script: no handshake line: "hello"; its last words: licence expired$/,
    });
  });

  for (const { name, file: runtime } of runtimes)
    test(`repeats the error that ended the process, and not the signature of ${name} below it`, async (t) => {
      const file = join(temporaryDirectory(t), "plugin.mjs");
      writeFileSync(file, 'throw new Error("no such licence");\n');

      await assert.rejects(launchPlugin({ file: runtime, args: [file], cookie, versions: [5] }), {
        code: "exited-before-handshake",
        message: /it ended with code 1 before it said where it listens; its last words: error: no such licence$/i,
      });
    });

  test("says so when a process ended without a word", async (t) => {
    await assert.rejects(launchScript(t, "exit 0"), {
      code: "exited-before-handshake",
      message: /script: it ended with code 0 before it said where it listens$/,
    });
  });

  test("says so when a process was killed in the middle of its handshake line", async (t) => {
    await assert.rejects(launchScript(t, "printf '1|5|unix|/tmp/plug'; kill -9 $$"), { name: "PluginError" });
  });

  test("leaves nothing behind of a start that failed", async (t) => {
    const directory = ownTemporaryDirectory(t);
    const file = join(temporaryDirectory(t), "script");
    writeFileSync(file, '#!/bin/sh\n: > "$PLUGIN_UNIX_SOCKET_DIR/plugin1"\necho "1|4|unix|/tmp/x|grpc|"\n', {
      mode: 0o755,
    });
    const before = filesIn(directory);

    await assert.rejects(launchPlugin({ file, cookie, versions: [5] }), { code: "handshake-version" });

    assert.deepEqual(filesIn(directory), before);
  });

  test("removes no file that is not a plugin's socket, whatever the plugin says", async (t) => {
    const file = join(temporaryDirectory(t), "plugin-notes");
    writeFileSync(file, "");

    await assert.rejects(launchScript(t, `echo '1|5|unix|${file}|grpc|'`, { autoMtls: false }));

    assert.equal(existsSync(file), true);
  });

  test("does not even begin when the caller has given up already", async (t) => {
    const launch = launchScript(t, "exec sleep 60", { signal: AbortSignal.abort() });

    await assert.rejects(launch, { code: "start-cancelled" });
  });

  test("says how a process ended that never said where it listens, and what it said last", async (t) => {
    const launch = launchScript(t, "echo 'no licence' >&2; exit 3");

    await assert.rejects(launch, { code: "exited-before-handshake", message: /with code 3.*no licence$/ });
  });

  test("says so when the plugin does not know the cookie", async () => {
    const [node] = runtimes;
    const wrong = { ...cookie, value: "wrong" };
    const launch = launchPlugin({ file: node?.file ?? "", args: [pluginFile], cookie: wrong, versions: [5] });

    await assert.rejects(launch, { code: "exited-before-handshake", message: /with code 1/ });
  });

  for (const [what, line, code] of [
    ["prints something else first", "starting up", "handshake-unrecognized"],
    ["has another version", "1|4|unix|/tmp/x|grpc|", "handshake-version"],
    ["has no certificate", "1|5|unix|/tmp/x|grpc|", "handshake-certificate"],
    ["has a broken certificate", `1|5|unix|/tmp/x|grpc|${"QUFB".repeat(30)}`, "handshake-certificate"],
  ] as const) {
    test(`refuses a plugin that ${what}, and ends it`, async (t) => {
      const pidFile = join(temporaryDirectory(t), "pid");

      await assert.rejects(launchScript(t, `echo $$ > ${pidFile}; echo '${line}'; exec sleep 60`), { code });

      const { readFileSync } = await import("node:fs");
      assert.throws(() => process.kill(Number(readFileSync(pidFile, "utf8")), 0), { code: "ESRCH" });
    });
  }

  test("refuses a plugin that does not listen where it says", async (t) => {
    const launch = launchScript(t, "echo '1|5|unix|/tmp/nobody-here|grpc|'; exec sleep 60", { autoMtls: false });

    await assert.rejects(launch, { code: "connect-failed" });
  });

  test("does not wait for a process that the plugin has started and left", async (t) => {
    const launch = launchScript(t, "sleep 20 & exit 3");

    await assert.rejects(launch, { code: "exited-before-handshake", message: /with code 3/ });
  });

  test("gives up after the time that a start may take", async (t) => {
    const launch = launchScript(t, "exec sleep 60", { startTimeoutMs: 100 });

    await assert.rejects(launch, { code: "start-timeout" });
  });

  test("gives up when the caller does", async (t) => {
    const launch = launchScript(t, "exec sleep 60", { signal: AbortSignal.timeout(100) });

    await assert.rejects(launch, { code: "start-cancelled" });
  });

  test("passes on variables and what the plugin logs", async (t) => {
    const lines: LogLine[] = [];
    const launch = launchScript(
      t,
      `echo '{"@level":"warn","@message":"seen","@timestamp":"2026-11-21T12:00:00.007000Z","value":"'$OWN_VALUE'"}' >&2
       echo "$PLUGIN_PROTOCOL_VERSIONS $PLUGIN_MIN_PORT $PLUGIN_MAX_PORT" >&2; exit 1`,
      { env: { OWN_VALUE: "set" }, onLog: (line) => lines.push(line) },
    );

    await assert.rejects(launch);

    assert.deepEqual(
      lines.map(({ level, message, fields }) => [level, message, fields]),
      [
        ["warn", "seen", { value: "set" }],
        ["debug", "5 10000 25000", {}],
      ],
    );
  });

  for (const runtime of runtimes) {
    test(`leaves nothing behind after a plugin on ${runtime.name} was ended in order`, async (t) => {
      const directory = ownTemporaryDirectory(t);
      const plugin = await launchFixture(t, runtime);
      const { close } = await plugin.offer([]);

      await close();
      await Promise.all([plugin.kill(), plugin.kill()]);
      await plugin.kill();

      assert.deepEqual(await plugin.exited, { code: 0, signal: null });
      assert.deepEqual(filesIn(directory), []);
    });

    test(`leaves nothing behind after a plugin on ${runtime.name} was killed`, async (t) => {
      const directory = ownTemporaryDirectory(t);
      const plugin = await launchFixture(t, runtime);
      await plugin.offer([]);
      assert.equal(filesIn(directory).length, 1);

      process.kill(plugin.pid, "SIGKILL");

      assert.deepEqual(await plugin.exited, { code: null, signal: "SIGKILL" });
      assert.deepEqual(filesIn(directory), []);
      await assert.rejects(plugin.channel.unary("/test.Fixture/Echo", new Uint8Array()));
      await assert.rejects(plugin.offer([]), { status: "unavailable" });
      await plugin.kill();
    });

    test(`runs a plugin on ${runtime.name} without certificates when told so`, async (t) => {
      const plugin = await launchFixture(t, runtime, { autoMtls: false });

      assert.equal(existsSync(`/proc/${plugin.pid}`) || process.platform !== "linux", true);
      assert.equal(plugin.protocolVersion, 5);
    });
  }

  test("ends a plugin that does not end itself", async (t) => {
    const [node] = runtimes;
    assert.ok(node);
    const plugin = await launchFixture(t, node);
    process.kill(plugin.pid, "SIGSTOP");

    await plugin.kill();

    assert.deepEqual(await plugin.exited, { code: null, signal: "SIGKILL" });
  });
});
