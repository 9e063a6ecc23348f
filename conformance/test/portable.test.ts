import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { binaryDirectory } from "../../scripts/project.ts";
import { cookie, runToHandshake } from "../plugin-process.ts";
import { exampleAuth, kv, type PluginDirectory, totp, versionOf } from "../plugins.ts";
import { preparePortableDirectory } from "../portable.ts";
import { makeRoot, type Root, type RootOptions, type Shape, type User, whyNoRoots } from "../roots.ts";

const names = [kv, totp, exampleAuth].map(({ name }) => name);
const shapes: readonly Shape[] = ["empty", "musl", "debian"];
const users: readonly User[] = ["0:0", "65534:65534"];
const noRoots = whyNoRoots();

describe("portable files", () => {
  let portable: PluginDirectory;
  before(async () => {
    portable = await preparePortableDirectory(names);
  });
  after(() => portable.remove());

  for (const shape of shapes) {
    describe(`in a read-only root of the shape "${shape}"`, { skip: noRoots }, () => {
      let root: Root;
      before(() => {
        root = makeRoot(shape);
        for (const name of names) root.add(join(portable.path, name), name);
        root.add(join(binaryDirectory, kv.name), "plain");
      });
      after(() => root.remove());

      for (const name of names)
        test(`${name} starts for root and for a user without rights, with and without /tmp`, async () => {
          const version = await versionOf(join(binaryDirectory, name));
          for (const user of users)
            for (const options of [{ user }, { user, tmp: "tmpfs -o noexec" }] satisfies RootOptions[]) {
              const ended = await root.run(options, `/opt/${name}`, ["--version"]);

              assert.deepEqual(ended, { code: 0, stdout: `${version}\n`, stderr: "" });
            }
        });

      // Otherwise the root would prove nothing.
      test(`the plain build ${shape === "debian" ? "starts" : "does not start"}`, async () => {
        const { code } = await root.run({ user: "0:0" }, "/opt/plain", ["--version"]);

        assert.equal(code === 0, shape === "debian");
      });

      test("one line says that /proc is missing", async () => {
        const ended = await root.run({ user: "0:0", proc: false }, `/opt/${kv.name}`, ["--version"]);

        assert.equal(ended.code, 127);
        assert.equal(ended.stdout, "");
        assert.equal(
          ended.stderr,
          `/opt/${kv.name}: /proc/self/exe cannot be opened; mount /proc, or use the plain build, which needs glibc (error 2)\n`,
        );
      });
    });
  }

  test("one line says that memfd_create is denied", () => {
    const [number, arch] = process.arch === "arm64" ? ["279", "c00000b7"] : ["319", "c000003e"];
    const file = join(portable.path, kv.name);
    const deny = join(import.meta.dirname, "..", "deny.py");

    const { status, stderr } = spawnSync("python3", [deny, number, arch, file, "--version"], { encoding: "utf8" });

    assert.equal(status, 127);
    assert.equal(
      stderr,
      `${file}: memfd_create is denied; allow it in the seccomp profile, or use the plain build, which needs glibc (error 1)\n`,
    );
  });

  test("start where no file in memory may be executed", { skip: whyNoStrictMemory() }, () => {
    const file = join(portable.path, kv.name);
    const script = 'echo 2 > /proc/sys/vm/memfd_noexec; exec "$0" --version';
    const strict = ["--pid", "--fork", "--mount-proc", "sh", "-euc", script, file];

    const { status, stdout, stderr } = spawnSync("unshare", strict, { encoding: "utf8" });

    assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
    assert.match(stdout, /^v\d/);
  });

  test("start with capabilities of their own, as a plugin that may lock its memory has", {
    skip: noRoots,
  }, async () => {
    const root = makeRoot("empty");
    copyFileSync(join(portable.path, kv.name), join(root.path, "opt", kv.name));
    const { status, stderr } = spawnSync("setcap", ["cap_ipc_lock=+ep", join(root.path, "opt", kv.name)], {
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);

    const ended = await root.run({ user: "65534:65534" }, `/opt/${kv.name}`, ["--version"]);
    root.remove();

    assert.equal(ended.stderr, "");
    assert.equal(ended.code, 0);
  });

  test("serve with the kinds of descriptors that the plain build has, and no more", async () => {
    const plain = await kindsOfDescriptors(join(binaryDirectory, kv.name));
    const ours = await kindsOfDescriptors(join(portable.path, kv.name));

    assert.deepEqual(ours, plain);
  });
});

/** Starts a plugin up to its handshake, and gives the kinds of its descriptors. */
async function kindsOfDescriptors(file: string): Promise<ReadonlySet<string>> {
  const plugin = await runToHandshake(file, { ...cookie, PLUGIN_PROTOCOL_VERSIONS: "5" });
  try {
    const folder = `/proc/${plugin.pid}/fd`;
    return new Set(readdirSync(folder).map((name) => readlinkSync(join(folder, name)).replace(/\d+/g, "N")));
  } finally {
    await plugin.kill();
  }
}

function whyNoStrictMemory(): string | undefined {
  if (noRoots !== undefined) return noRoots;
  return existsSync("/proc/sys/vm/memfd_noexec") ? undefined : "this kernel cannot forbid to execute files in memory";
}
