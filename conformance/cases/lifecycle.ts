import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { expectNumber, expectStatus } from "../expect.ts";
import type { LogLine, ServerUnderTest } from "../hosts/server.ts";
import { enable, rootClient, useMount } from "../mounts.ts";
import { exampleAuth, kv, mock } from "../plugins.ts";
import { eventually, isAlive, processesOf, runningPlugins } from "../processes.ts";
import { verifies } from "../verifies.ts";

/** Tuning, reloading, crashing and disabling. */
export function lifecycleCases(server: () => ServerUnderTest): void {
  describe("the life of a mount", () => {
    const mount = useMount(server, mock);
    const users = useMount(server, exampleAuth);
    const processes = (): readonly number[] => processesOf(join(server().pluginDirectory, mock.name));

    test("is tuned", async () => {
      const { client, path } = mount();

      expectStatus(
        await client.write(`sys/mounts/${path}/tune`, { default_lease_ttl: "5m", description: "tuned" }),
        204,
      );

      const tuned = expectStatus(await client.read(`sys/mounts/${path}/tune`), 200);
      assert.equal(tuned.at("data", "default_lease_ttl"), 300);
      assert.equal(tuned.at("data", "description"), "tuned");
    });

    test("shows the version that runs", async (t) => {
      if (!server().abilities.hasPluginVersions) return t.skip("this server knows no versions of plugins");
      const { client, path } = mount();

      const mounts = expectStatus(await client.read("sys/mounts"), 200);

      assert.equal(mounts.at("data", `${path}/`, "type"), mock.name);
      assert.match(String(mounts.at("data", `${path}/`, "running_plugin_version")), /^v\d+\.\d+\.\d+$/);
    });

    test("goes on after a reload, in a new process, with its data", async () => {
      const { client, path } = mount();
      expectStatus(await client.write(`${path}/values/kept`, { value: "before" }), 204);
      const pid = expectNumber(await client.read(`${path}/counter`), "data", "pid");

      expectStatus(await client.write("sys/plugins/reload/backend", { plugin: mock.name }), 200);

      const counter = expectStatus(await client.read(`${path}/counter`), 200);
      assert.notEqual(counter.at("data", "pid"), pid);
      assert.equal(counter.at("data", "calls"), 1);
      assert.equal((await client.read(`${path}/values/kept`)).at("data", "value"), "before");
      await eventually("the end of the old process", () => !processes().includes(pid));
    });

    test("goes on after its process was killed", async () => {
      verifies("W86");
      const { client, path } = mount();
      expectStatus(await client.write(`${path}/values/survivor`, { value: "before" }), 204);
      const pid = expectNumber(await client.read(`${path}/counter`), "data", "pid");

      await killAndWait(pid);

      const answer = expectStatus(await client.read(`${path}/values/survivor`), 200);
      assert.equal(answer.at("data", "value"), "before");
      assert.equal(processes().length, 1);
    });

    test("goes on after the process of an auth method was killed, with logins", async () => {
      const { client, path } = users();
      await client.write(`${path}/users/bob`, { password: "pw" });
      const [pid] = processesOf(join(server().pluginDirectory, exampleAuth.name));
      assert.ok(pid !== undefined);

      await killAndWait(pid);

      const login = await client.withToken(undefined).write(`${path}/login/bob`, { password: "pw" });
      expectStatus(login, 200);
    });

    test("has what was left half done undone before it is disabled", async () => {
      const client = rootClient(server());
      await enable(client, mock, "half-done");
      expectStatus(await client.write("half-done/begin/account"), 204);

      expectStatus(await client.delete("sys/mounts/half-done"), 204);

      const isUndone = ({ message, fields }: LogLine) => message === "work was undone" && fields["name"] === "account";
      await eventually("the line of the undo", () => server().logs().some(isUndone));
    });

    test("ends with its data when it is disabled", async () => {
      const client = rootClient(server());
      await enable(client, kv, "doomed");
      await client.write("doomed/a", { a: 1 });

      expectStatus(await client.delete("sys/mounts/doomed"), 204);
      expectStatus(await client.read("doomed/a"), 404);

      await enable(client, kv, "doomed");
      expectStatus(await client.read("doomed/a"), 404);
      expectStatus(await client.delete("sys/mounts/doomed"), 204);
    });
  });

  describe("a plugin without mounts", () => {
    test("has no process", async () => {
      await eventually("the end of all plugin processes", () => runningPlugins(server().pluginDirectory).length === 0);
    });
  });
}

/** Kills a process and waits until its parent has taken note; a request that is under way meanwhile may fail. */
async function killAndWait(pid: number): Promise<void> {
  process.kill(pid, "SIGKILL");
  await eventually("the end of the process", () => !isAlive(pid));
}
