import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Answer } from "../client.ts";
import { expectStatus } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { useMount } from "../mounts.ts";
import { exampleAuth } from "../plugins.ts";
import { verifies } from "../verifies.ts";

/** Locking a user out behind too many wrong passwords. */
export function authThrottleCases(server: () => ServerUnderTest): void {
  describe("throttle of the example auth method", () => {
    const mount = useMount(server, exampleAuth);
    const neighbour = useMount(server, exampleAuth);

    async function prepare(user: string): Promise<void> {
      for (const { client, path } of [mount(), neighbour()]) {
        await client.write(`${path}/config`, { lockout_threshold: 3, lockout_duration: "2s" });
        await client.write(`${path}/users/${user}`, { password: "pw" });
      }
    }

    function login(at: typeof mount, name: string, password: string): Promise<Answer> {
      const { client, path } = at();
      return client.withToken(undefined).write(`${path}/login/${name}`, { password });
    }

    test("locks a user out of one mount, and opens again after its time", async () => {
      verifies("A129", "A130");
      await prepare("bob");

      for (const name of ["bob", "BOB", "Bob"]) expectStatus(await login(mount, name, "bad"), 400);

      assert.deepEqual(expectStatus(await login(mount, "bob", "pw"), 403).errors, ["permission denied"]);
      expectStatus(await login(neighbour, "bob", "pw"), 200);
      await sleep(2_100);
      expectStatus(await login(mount, "bob", "pw"), 200);
    });

    test("forgets mistakes behind the right password", async () => {
      await prepare("erin");

      for (const password of ["bad", "bad", "pw", "bad", "bad"]) await login(mount, "erin", password);

      expectStatus(await login(mount, "erin", "pw"), 200);
    });

    test("never locks a name that is no user", async () => {
      await prepare("frank");

      for (let attempt = 0; attempt < 5; attempt++) expectStatus(await login(mount, "nobody", "bad"), 400);
    });
  });
}
