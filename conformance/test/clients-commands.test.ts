import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type CommandLine, type CommandResult, commandLine } from "../clients/command.ts";
import { expectStatus } from "../expect.ts";
import { whereGoIs } from "../go.ts";
import { startEmbedded } from "../hosts/embedded.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { startVault } from "../hosts/vault.ts";
import { buildVaultCommand } from "../hosts/vault-build.ts";
import { rootClient } from "../mounts.ts";
import { kv, type PluginDirectory, preparePluginDirectory, sha256 } from "../plugins.ts";
import { eventually } from "../processes.ts";

whereGoIs("the commands of vault", () => {
  const program = async () => process.env["VAULT_BIN"] ?? (await buildVaultCommand());
  describe("vault and the embedded host", () =>
    commandTests({ program, start: (directory) => startEmbedded(directory, "vault"), type: "kv" }));
  // It mounts nothing but its own engine as kv, and chooses versions of other types when the mount is there.
  describe("vault and Vault 1.21.4", () =>
    commandTests({ program, start: (directory) => startVault("1.21.4", directory), type: kv.name }));
});

const bao = process.env["BAO_BIN"];
if (bao) {
  describe("bao and the embedded host", () =>
    commandTests({ program: async () => bao, start: (directory) => startEmbedded(directory, "openbao"), type: "kv" }));
} else {
  const skip = "BAO_BIN is not set: it names the program whose commands are run";
  test("the commands of bao", { skip }, () => assert.fail(skip));
}

interface Setting {
  readonly program: () => Promise<string>;
  readonly start: (pluginDirectory: string) => Promise<ServerUnderTest>;
  /** What the server calls our store. */
  readonly type: string;
}

/** What a program does to a server with our store. */
function commandTests({ program, start, type }: Setting): void {
  let directory: PluginDirectory | undefined;
  let server: ServerUnderTest | undefined;
  let commands: CommandLine | undefined;
  const run: CommandLine["run"] = (...args) => {
    if (!commands) throw new Error("the server was not started");
    return commands.run(...args);
  };

  before(async () => {
    directory = await preparePluginDirectory();
    server = await start(directory.path);
    const body = { command: kv.name, sha256: sha256(`${directory.path}/${kv.name}`) };
    expectStatus(await rootClient(server).write(`sys/plugins/catalog/secret/${type}`, body), 204);
    commands = commandLine(await program(), server);
  });
  after(async () => {
    commands?.[Symbol.dispose]();
    await server?.stop();
    directory?.remove();
  });

  async function enableVersioned(path: string): Promise<void> {
    const atOnce = type === "kv" ? ["-version=2"] : [];
    succeed(await run("secrets", "enable", `-path=${path}`, ...atOnce, type));
    if (type !== "kv") succeed(await run("kv", "enable-versioning", path));
    await eventually("a store that is ready", async () => (await run("read", `${path}/config`)).code === 0);
  }

  test("keeps secrets in versions with kv commands", async () => {
    await enableVersioned("two");

    const put = succeed(await run("kv", "put", "-mount=two", "app", "user=alice"));
    const patched = succeed(await run("kv", "patch", "-mount=two", "app", "password=x"));
    const read = succeed(await run("kv", "get", "-mount=two", "app"));
    const first = succeed(await run("kv", "get", "-mount=two", "-version=1", "app"));
    const listed = succeed(await run("kv", "list", "two"));
    const none = await run("kv", "get", "-mount=two", "none");
    succeed(await run("kv", "delete", "two/app"));
    const deleted = await run("kv", "get", "two/app");
    succeed(await run("kv", "undelete", "-versions=2", "two/app"));
    const rolledBack = succeed(await run("kv", "rollback", "-version=1", "two/app"));
    succeed(await run("kv", "destroy", "-versions=2", "two/app"));
    succeed(await run("kv", "metadata", "put", "-max-versions=3", "-custom-metadata=team=ops", "two/app"));
    succeed(await run("kv", "metadata", "patch", "-custom-metadata=tier=1", "two/app"));
    const metadata = succeed(await run("kv", "metadata", "get", "two/app"));
    succeed(await run("kv", "metadata", "delete", "two/app"));

    assert.equal(at(put, "data", "version"), 1);
    assert.equal(at(patched, "data", "version"), 2);
    assert.deepEqual(at(read, "data", "data"), { user: "alice", password: "x" });
    assert.deepEqual(at(first, "data", "data"), { user: "alice" });
    assert.deepEqual(listed, ["app"]);
    assert.equal(none.code, 2);
    assert.match(none.error, /No value found at two\/data\/none/);
    assert.notEqual(at(deleted.output, "data", "metadata", "deletion_time"), "");
    assert.equal(at(rolledBack, "data", "version"), 3);
    assert.deepEqual(
      [at(metadata, "data", "max_versions"), at(metadata, "data", "versions", "2", "destroyed")],
      [3, true],
    );
    assert.deepEqual(at(metadata, "data", "custom_metadata"), { team: "ops", tier: "1" });
  });

  test("patches in both ways, and checks the version that is replaced, with kv commands", async () => {
    await enableVersioned("checked");

    succeed(await run("kv", "put", "-cas=0", "checked/app", "user=alice"));
    const again = await run("kv", "put", "-cas=0", "checked/app", "user=bob");
    succeed(await run("kv", "patch", "-method=patch", "-cas=1", "checked/app", "password=x"));
    succeed(await run("kv", "patch", "-method=rw", "checked/app", "port=5432"));
    succeed(await run("kv", "patch", "-remove-data=password", "checked/app"));
    const user = succeed(await run("kv", "get", "-field=user", "checked/app"));
    const read = succeed(await run("kv", "get", "checked/app"));

    assert.equal(again.code, 2);
    assert.match(again.error, /check-and-set parameter did not match the current version/);
    assert.equal(user, "alice");
    assert.deepEqual(at(read, "data", "data"), { user: "alice", port: "5432" });
    assert.equal(at(read, "data", "metadata", "version"), 4);
  });

  test("keeps secrets without versions, and then with versions, with kv commands", async () => {
    succeed(await run("secrets", "enable", "-path=one", type));
    succeed(await run("kv", "put", "one/app", "user=alice"));

    const read = succeed(await run("kv", "get", "one/app"));
    const listed = succeed(await run("kv", "list", "one"));
    succeed(await run("kv", "delete", "one/app"));
    const gone = await run("kv", "get", "one/app");
    succeed(await run("kv", "enable-versioning", "one"));

    assert.deepEqual(at(read, "data"), { user: "alice" });
    assert.deepEqual(listed, ["app"]);
    assert.equal(gone.code, 2);
  });

  test("shows the server, makes tokens and wraps with them", async () => {
    const status = succeed(await run("status"));
    const mounts = succeed(await run("secrets", "list"));
    const policies = succeed(await run("policy", "list"));
    const token = succeed(await run("token", "create", "-policy=default", "-ttl=1h"));
    const lookup = succeed(await run("token", "lookup", String(at(token, "auth", "client_token"))));
    const wrapped = succeed(await run("token", "create", "-policy=default", "-wrap-ttl=60s"));
    const unwrapped = succeed(await run("unwrap", String(at(wrapped, "wrap_info", "token"))));
    succeed(await run("token", "revoke", String(at(token, "auth", "client_token"))));

    assert.equal(at(status, "sealed"), false);
    assert.equal(at(mounts, "sys/", "type"), "system");
    assert.deepEqual(policies, ["default", "root"]);
    assert.deepEqual(at(lookup, "data", "policies"), ["default"]);
    assert.deepEqual(at(unwrapped, "auth", "token_policies"), ["default"]);
  });
}

function succeed({ code, output, error }: CommandResult): unknown {
  assert.equal(code, 0, error);
  return output;
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  const isObject = (each: unknown): each is Record<string, unknown> => typeof each === "object" && each !== null;
  return keys.reduce((found, key) => (isObject(found) ? found[key] : undefined), value);
}
