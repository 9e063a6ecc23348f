import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectStatus } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { enable, type Mount, processId, useMount } from "../mounts.ts";
import { mock } from "../plugins.ts";
import { eventually } from "../processes.ts";
import { type Storm, sendStorm } from "../storm.ts";
import type { Cases } from "../suite.ts";
import { complaintsOf } from "./log.ts";

/** What is left of a plugin after so many requests whose clients went away. */
export function cancellationCases(storm: Storm): Cases {
  return (server: () => ServerUnderTest) => {
    describe(`${storm.requests} requests cancelled at ${storm.perSecond} a second`, () => {
      const mount = useMount(server, mock);

      test("end in the plugin, and leave its process able to serve old mounts and new ones", async (t) => {
        const { client, path } = mount();
        // The first request of a mount may start the process, so it comes before the storm.
        const before = await processId(mount());
        const linesBefore = server().logs().length;

        const perSecond = await sendStorm(server(), `${path}/wait`, storm);

        await eventually("the end of all calls", async () => {
          const { waiting, aborted } = await diaryOf(mount());
          return waiting === aborted;
        });
        const { aborted } = await diaryOf(mount());
        t.diagnostic(`${Math.round(perSecond)} a second; ${aborted} of ${storm.requests} arrived and were aborted`);
        // Otherwise the plugin would be praised for what it never got.
        assert.ok(perSecond > storm.perSecond / 2, `only ${perSecond} requests a second were sent`);
        assert.ok(aborted > storm.requests / 2, `only ${aborted} calls arrived`);
        assert.deepEqual(complaintsOf(server(), linesBefore), []);
        assert.equal(await processId(mount()), before);
        await enable(client, mock, "after-the-storm");
        expectStatus(await client.write("after-the-storm/values/a", { value: "b" }), 204);
        expectStatus(await client.delete("sys/mounts/after-the-storm"), 204);
      });
    });
  };
}

async function diaryOf({ client, path }: Mount): Promise<{ readonly waiting: number; readonly aborted: number }> {
  const lines = expectStatus(await client.read(`${path}/diary`), 200).at("data", "lines");
  const count = (text: string): number => (Array.isArray(lines) ? lines.filter((line) => line === text).length : 0);
  return { waiting: count("waiting"), aborted: count("aborted") };
}
