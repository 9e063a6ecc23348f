import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { expectNumber, expectStatus } from "../expect.ts";
import { kv } from "../plugins.ts";
import { eventually, processesOf } from "../processes.ts";
import type { Cases } from "../suite.ts";
import { useVersionedMount } from "./kv-upgrade.ts";

const clients = 64;
const writers = 8;
const keysEach = 20;

/** Many clients at once, and a plugin that dies under load. */
export function kvLoadCases({ seconds }: { readonly seconds: number }): Cases {
  return (server) => {
    describe(`kv version 2 under load for ${seconds} seconds`, () => {
      const counted = useVersionedMount(server);
      const killed = useVersionedMount(server);

      test(`loses no update of ${clients} clients that count in one secret`, { timeout: 600_000 }, async (t) => {
        const { client, path } = counted();
        const secret = `${path}/data/counter`;
        expectStatus(await client.write(secret, { data: { n: 0 } }), 200);
        const end = Date.now() + seconds * 1000;
        const count = async (): Promise<number> => {
          let accepted = 0;
          while (Date.now() < end) {
            const found = expectStatus(await client.read(secret), 200);
            const cas = expectNumber(found, "data", "metadata", "version");
            const data = { n: expectNumber(found, "data", "data", "n") + 1 };
            const { status, errors } = await client.write(secret, { data, options: { cas } });
            if (status === 200) accepted += 1;
            else assert.deepEqual(errors, ["check-and-set parameter did not match the current version"]);
          }
          return accepted;
        };

        const accepted = await Promise.all(Array.from({ length: clients }, count));

        const sum = accepted.reduce((total, each) => total + each, 0);
        assert.equal((await client.read(secret)).at("data", "data", "n"), sum);
        t.diagnostic(`${sum} of the writes were accepted`);
      });

      test("has every write that it acknowledged when its process is killed each second", {
        timeout: 600_000,
      }, async (t) => {
        const { client, path } = killed();
        const acknowledged = new Map<string, number>();
        const end = Date.now() + seconds * 1000;
        const write = async (writer: number): Promise<void> => {
          for (let n = 1; Date.now() < end; n += 1) {
            const key = `${writer}/${n % keysEach}`;
            // Some values are kept with their secret, others have records of their own.
            const filling = "x".repeat(n % 3 === 0 ? 10_000 : 10);
            const { status } = await client.write(`${path}/data/${key}`, { data: { n, filling } });
            if (status === 200) acknowledged.set(key, n);
          }
        };
        const answers = () => eventually("an answer", async () => (await client.read(`${path}/config`)).status === 200);
        const kill = async (): Promise<number> => {
          let kills = 0;
          for (; Date.now() < end - 500; kills += 1) {
            await delay(1000);
            // Vault 1.21 never gets over the death of a process that it has just started and not spoken to yet.
            await answers();
            for (const pid of processesOf(join(server().pluginDirectory, kv.name))) process.kill(pid, "SIGKILL");
          }
          return kills;
        };

        const [kills] = await Promise.all([kill(), ...Array.from({ length: writers }, (_, writer) => write(writer))]);

        await answers();
        for (const [key, n] of acknowledged) {
          const found = expectStatus(await client.read(`${path}/data/${key}`), 200);
          // A write that was under way may be there without an answer.
          assert.ok(expectNumber(found, "data", "data", "n") >= n, `${key} holds an older value than ${n}`);
          const { data } = Object(expectStatus(await client.read(`${path}/metadata/${key}`), 200).body);
          for (const version of Object.keys(data.versions))
            expectStatus(await client.read(`${path}/data/${key}?version=${version}`), 200);
        }
        assert.ok(acknowledged.size > 0);
        t.diagnostic(`${kills} kills, ${acknowledged.size} secrets`);
      });
    });
  };
}
