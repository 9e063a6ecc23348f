import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type CommandLine, type CommandResult, commandLine } from "../clients/command.ts";
import { startEmbedded } from "../hosts/embedded.ts";
import { rootClient } from "../mounts.ts";
import { kv, preparePluginDirectory, sha256 } from "../plugins.ts";

describe("vault", () => commandTests("VAULT_BIN", "vault"));
describe("bao", () => commandTests("BAO_BIN", "openbao"));

/** The tests of a program that a variable of the environment names. */
function commandTests(variable: "VAULT_BIN" | "BAO_BIN", like: "vault" | "openbao"): void {
  const program = process.env[variable] ?? "";
  const skip = program === "" ? `${variable} is not set: it names the program whose commands are run` : false;

  test("keeps secrets in versions with kv commands", { skip }, () =>
    withServer(program, like, async ({ run }) => {
      succeed(await run("secrets", "enable", "-path=two", "-version=2", "kv"));

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
      succeed(await run("kv", "metadata", "put", "-max-versions=3", "two/app"));
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
    }),
  );

  test("keeps secrets without versions, and then with versions, with kv commands", { skip }, () =>
    withServer(program, like, async ({ run }) => {
      succeed(await run("secrets", "enable", "-path=one", "kv"));
      succeed(await run("kv", "put", "one/app", "user=alice"));

      const read = succeed(await run("kv", "get", "one/app"));
      const listed = succeed(await run("kv", "list", "one"));
      succeed(await run("kv", "delete", "one/app"));
      const gone = await run("kv", "get", "one/app");
      succeed(await run("kv", "enable-versioning", "one"));

      assert.deepEqual(at(read, "data"), { user: "alice" });
      assert.deepEqual(listed, ["app"]);
      assert.equal(gone.code, 2);
    }),
  );

  test("shows the server, makes tokens and wraps with them", { skip }, () =>
    withServer(program, like, async ({ run }) => {
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
    }),
  );
}

async function withServer(
  program: string,
  like: "vault" | "openbao",
  use: (commands: CommandLine) => Promise<void>,
): Promise<void> {
  const directory = await preparePluginDirectory();
  const server = await startEmbedded(directory.path, like);
  try {
    // The commands call it kv, whatever the file is called.
    const body = { command: kv.name, sha256: sha256(`${directory.path}/${kv.name}`) };
    await rootClient(server).write("sys/plugins/catalog/secret/kv", body);
    using commands = commandLine(program, server);
    await use(commands);
  } finally {
    await server.stop();
    directory.remove();
  }
}

function succeed({ code, output, error }: CommandResult): unknown {
  assert.equal(code, 0, error);
  return output;
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  const isObject = (each: unknown): each is Record<string, unknown> => typeof each === "object" && each !== null;
  return keys.reduce((found, key) => (isObject(found) ? found[key] : undefined), value);
}
