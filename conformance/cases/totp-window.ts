import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { expectRefusal, expectStatus } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { type Mount, useMount } from "../mounts.ts";
import { totp } from "../plugins.ts";
import { eventually, isAlive, processesOf } from "../processes.ts";
import { verifies } from "../verifies.ts";
import { codeAt, key } from "./totp-code.ts";

const period = 3600;
/** Longer than the test takes, in seconds. */
const margin = 10;
const used = "code already used; wait until the next time period";

/** When codes count, for which key, and after what. */
export function totpWindowCases(server: () => ServerUnderTest): void {
  describe("the window of totp codes", () => {
    const mount = useMount(server, totp);
    const other = useMount(server, totp);

    /** Offers the code that is so many steps away from the current one. */
    async function offer({ client, path }: Mount, name: string, steps: number): Promise<unknown> {
      const code = codeAt(Date.now() + steps * period * 1000, period);
      return expectStatus(await client.write(`${path}/code/${name}`, { code }), 200).at("data", "valid");
    }

    test("is one step to both sides with a skew of 1, and none with a skew of 0", async () => {
      verifies("T75", "T76", "T77");
      const { client, path } = mount();
      expectStatus(await client.write(`${path}/keys/wide`, { key, period }), 204);
      expectStatus(await client.write(`${path}/keys/narrow`, { key, period, skew: 0 }), 204);
      await untilStepIsYoung();

      const wide = await Promise.all([-2, -1, 1, 2].map((steps) => offer(mount(), "wide", steps)));
      const narrow = await Promise.all([-1, 0, 1].map((steps) => offer(mount(), "narrow", steps)));

      assert.deepEqual(wide, [false, true, true, false]);
      assert.deepEqual(narrow, [false, true, false]);
    });

    test("is another one for each key and each mount", async () => {
      verifies("T79");
      for (const [each, name] of [
        [mount(), "one"],
        [mount(), "another"],
        [other(), "one"],
      ] as const) {
        expectStatus(await each.client.write(`${each.path}/keys/${name}`, { key, period }), 204);
        assert.equal(await offer(each, name, 0), true);
      }
    });

    test("does not open again for a used code when the process of the plugin is killed", async () => {
      const { client, path } = mount();
      expectStatus(await client.write(`${path}/keys/killed`, { key, period }), 204);
      const code = codeAt(Date.now(), period);
      expectStatus(await client.write(`${path}/code/killed`, { code }), 200);

      for (const pid of processesOf(join(server().pluginDirectory, totp.name))) {
        process.kill(pid, "SIGKILL");
        await eventually("the end of the process", () => !isAlive(pid));
      }

      expectRefusal(await client.write(`${path}/code/killed`, { code }), 400, used);
    });
  });
}

/** Waits for the next step where this one is nearly over. */
async function untilStepIsYoung(): Promise<void> {
  const left = period - ((Date.now() / 1000) % period);
  if (left < margin) await sleep(left * 1000);
}
