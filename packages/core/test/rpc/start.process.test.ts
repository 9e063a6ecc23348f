import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import {
  cookie,
  filesIn,
  plainEnvironment,
  runtimes,
  startFixture,
  temporaryDirectory,
  tlsEnvironment,
} from "./fixture.ts";

const refusal = `This binary is a plugin. These are not meant to be executed directly.
Please execute the program that consumes these plugins, which will
load any plugins automatically
`;

const refusedStarts = [
  [
    "a socket path that is too long",
    "socket-path-too-long",
    (directory: string) => ({ PLUGIN_UNIX_SOCKET_DIR: join(directory, "x".repeat(100)) }),
  ],
  [
    "a directory that is a file",
    "socket-directory-unusable",
    (directory: string) => {
      writeFileSync(join(directory, "file"), "");
      return { PLUGIN_UNIX_SOCKET_DIR: join(directory, "file") };
    },
  ],
  [
    "a directory that cannot be",
    "socket-directory-unusable",
    (directory: string) => {
      writeFileSync(join(directory, "file"), "");
      return { PLUGIN_UNIX_SOCKET_DIR: join(directory, "file", "below") };
    },
  ],
  ["a directory that nobody may write to", "socket-directory-unusable", unwritable],
  ["a group that is unknown", "socket-group-unknown", () => ({ PLUGIN_UNIX_SOCKET_GROUP: "no-such-group" })],
] as const;

for (const runtime of runtimes) {
  describe(`a plugin's start on ${runtime.name}`, { timeout: 80_000 }, () => {
    test("explains itself and ends with 1 without the cookie", async (t) => {
      const directory = temporaryDirectory(t);
      const plugin = startFixture(t, runtime, { PLUGIN_PROTOCOL_VERSIONS: "5", TMPDIR: directory });

      const exit = await plugin.exit;

      assert.deepEqual(exit, { code: 1, signal: null });
      assert.equal(plugin.stderr(), `${refusal}How to register it: read the guide.\n`);
      assert.equal(plugin.stdout(), "");
      assert.deepEqual(filesIn(directory), []);
    });

    test("explains itself and ends with 1 when the cookie is wrong", async (t) => {
      const plugin = startFixture(t, runtime, { ...plainEnvironment, [cookie.name]: "let-me-in " });

      const exit = await plugin.exit;

      assert.deepEqual(exit, { code: 1, signal: null });
      assert.ok(plugin.stderr().startsWith(refusal));
      assert.equal(plugin.stdout(), "");
    });

    for (const [offered, chosen] of [
      ["5", 5],
      ["4,3", 4],
      ["3,4", 4],
      ["3", 3],
      ["", 3],
      ["9", 3],
      ["x,5", 5],
    ] as const) {
      test(`chooses ${chosen} of "${offered}"`, async (t) => {
        const plugin = startFixture(t, runtime, { ...plainEnvironment, PLUGIN_PROTOCOL_VERSIONS: offered });

        const { version } = await plugin.handshake();

        assert.equal(version, chosen);
        const expected = offered === "x,5" ? 'server sent invalid plugin version "x"\n' : "";
        assert.equal(plugin.stderr(), expected);
      });
    }

    test("chooses 3 when the host offers nothing", async (t) => {
      const plugin = startFixture(t, runtime, { [cookie.name]: cookie.value });

      assert.equal((await plugin.handshake()).version, 3);
    });

    test("prints six members without TLS, the last one empty, and has its socket among temporary files [W12, W17, W22]", async (t) => {
      const directory = temporaryDirectory(t);
      const plugin = startFixture(t, runtime, { ...plainEnvironment, TMPDIR: directory });

      await plugin.handshake();

      const socket = filesIn(directory)[0] ?? "";
      assert.match(socket, /^plugin/);
      assert.equal(plugin.stdout(), `1|5|unix|${join(directory, socket)}|grpc|\n`);
    });

    test("prints its certificate as the sixth member with AutoMTLS", async (t) => {
      const plugin = startFixture(t, runtime, { ...tlsEnvironment, VAULT_PLUGIN_AUTOMTLS_ENABLED: "true" });

      const { certificate } = await plugin.handshake();

      const members = plugin.stdout().trimEnd().split("|");
      assert.equal(members.length, 6);
      assert.doesNotMatch(members[5] ?? "", /=/);
      assert.equal(certificate && new X509Certificate(certificate).checkHost("localhost"), "localhost");
    });

    test("stays in plain text in metadata mode", async (t) => {
      const plugin = startFixture(t, runtime, { ...tlsEnvironment, VAULT_PLUGIN_METADATA_MODE: "true" });

      assert.equal((await plugin.handshake()).certificate, undefined);
    });

    test("prints a seventh member when the host names multiplexing, also when it says no", async (t) => {
      const plugin = startFixture(t, runtime, { ...plainEnvironment, PLUGIN_MULTIPLEX_GRPC: "false" });

      await plugin.handshake();

      assert.match(plugin.stdout(), /\|grpc\|\|true\n$/);
    });

    test("makes its socket in the directory and for the group that the host wants [W24]", async (t) => {
      const directory = temporaryDirectory(t);
      const { name, id } = anotherGroup();
      for (const group of [name, id]) {
        const plugin = startFixture(t, runtime, {
          ...plainEnvironment,
          PLUGIN_UNIX_SOCKET_DIR: directory,
          PLUGIN_UNIX_SOCKET_GROUP: group,
        });

        const { address } = await plugin.handshake();

        assert.equal(join(address.address, ".."), directory);
        const { uid, gid, mode } = statSync(address.address);
        assert.deepEqual([uid, gid], [process.getuid?.(), Number(id)]);
        assert.equal(mode & 0o777, 0o660);
      }
    });

    test("makes different sockets in processes started at once [W26]", async (t) => {
      const environment = { ...plainEnvironment, TMPDIR: temporaryDirectory(t) };
      const plugins = [1, 2, 3].map(() => startFixture(t, runtime, environment));

      const paths = await Promise.all(plugins.map(async (it) => (await it.handshake()).address.address));

      assert.equal(new Set(paths).size, 3);
    });

    for (const [what, code, environment] of refusedStarts) {
      test(`ends without a handshake line for ${what} [W25]`, async (t) => {
        const plugin = startFixture(t, runtime, { ...plainEnvironment, ...environment(temporaryDirectory(t)) });

        const { code: exitCode } = await plugin.exit;

        assert.equal(exitCode, 1);
        assert.equal(plugin.stdout(), "");
        const line = JSON.parse(plugin.stderr());
        assert.equal(line["@level"], "error");
        assert.equal(line["@message"], "plugin init error");
        assert.equal(line.code, code);
      });
    }
  });
}

/** A group of this user that new files do not have by themselves, where there is one; root may give files to any. */
function anotherGroup(): { readonly name: string; readonly id: string } {
  const groups = readFileSync("/etc/group", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .map(([name = "", , id = ""]) => ({ name, id }));
  const own = process.getgid?.();
  const allowed = process.getgroups?.() ?? [];
  const isRoot = process.getuid?.() === 0;
  const others = groups.filter(({ id }) => id !== "" && Number(id) !== own && (isRoot || allowed.includes(Number(id))));
  const found = others[0] ?? groups.find(({ id }) => Number(id) === own);
  assert.ok(found, "the user's group has no name");
  return found;
}

function unwritable(directory: string): Record<string, string> {
  chmodSync(directory, 0o500);
  // Root may write anywhere but where the kernel does not let it.
  return { PLUGIN_UNIX_SOCKET_DIR: process.getuid?.() === 0 ? "/proc" : directory };
}
