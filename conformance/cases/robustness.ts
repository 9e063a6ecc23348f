import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectStatus } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { processId, useMount } from "../mounts.ts";
import { mock } from "../plugins.ts";
import { eventually } from "../processes.ts";
import { verifies } from "../verifies.ts";

/** What a badly behaved handler can do, and what it cannot. */
export function robustnessCases(server: () => ServerUnderTest): void {
  describe("a plugin whose handlers misbehave", () => {
    const mount = useMount(server, mock);

    test("answers 500 to an exception, tells nothing of it, and lives on", async () => {
      verifies("W106");
      const { client, path } = mount();
      const pid = await processId(mount());

      const answer = expectStatus(await client.read(`${path}/failure`), 500);

      assert.ok(!JSON.stringify(answer.body).includes("inner details"), JSON.stringify(answer.body));
      const isLogged = () => JSON.stringify(server().logs()).includes("deliberate failure with inner details");
      await eventually("the exception in the server's log", isLogged);
      assert.equal(await processId(mount()), pid);
    });

    test("tells a text of its own with the status of the failure's kind", async () => {
      const { client, path } = mount();

      for (const [kind, status] of [
        ["permission-denied", 403],
        ["invalid-request", 400],
      ] as const) {
        const answer = await client.read(`${path}/failures/${kind}?text=not%20yours`);

        assert.deepEqual(expectStatus(answer, status).errors, ["not yours"]);
      }
    });

    test("may print to stdout", async () => {
      const { client, path } = mount();
      const pid = await processId(mount());

      expectStatus(await client.write(`${path}/print`, { text: "1|5|unix|/nowhere|grpc|" }), 204);

      assert.equal(await processId(mount()), pid);
    });

    test("passes 8 MiB both ways", async () => {
      const { client, path } = mount();
      const data = { parts: Array.from({ length: 16 }, () => "x".repeat(512 * 1024)) };

      const answer = expectStatus(await client.write(`${path}/echo`, { data }), 200);

      assert.deepEqual(answer.at("data", "data"), data);
    });

    test("answers others while one request takes its time", async () => {
      const { client, path } = mount();
      const slow = client.write(`${path}/sleep`, { milliseconds: 700 });

      const quick = await Promise.race([processId(mount()), slow.then(() => "the slow one came first")]);

      assert.equal(typeof quick, "number");
      expectStatus(await slow, 200);
    });

    test("logs at the level that it names", async () => {
      verifies("W127", "W130");
      const { client, path } = mount();
      const text = `a message of ${path}`;

      expectStatus(await client.write(`${path}/log`, { level: "info", text }), 204);

      await eventually("the log line", () =>
        server()
          .logs()
          .some(({ message }) => message === text),
      );
      const line = server()
        .logs()
        .find(({ message }) => message === text);
      assert.equal(line?.level, "info");
      assert.equal(line?.fields["answer"], 42);
    });
  });
}
