import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fast, hostServices, launchFixture, nothing, runtimes, text } from "../fixture.ts";

for (const runtime of runtimes) {
  describe(`the broker of a plugin on ${runtime.name}`, { timeout: 80_000 }, () => {
    test("dials what the host has announced before", async (t) => {
      const { channel, offer } = await launchFixture(t, runtime);

      const { id } = await offer(hostServices);
      // The announcement is sent at once; a round trip later it is there.
      await channel.unary("/test.Fixture/Echo", nothing);

      assert.equal(text(await channel.unary("/test.Fixture/Dial", Buffer.from(`${id}`))), `from the plugin to ${id}`);
    });

    test("waits for what the host announces later, and keeps numbers apart [W56]", async (t) => {
      const { channel, offer } = await launchFixture(t, runtime);

      const dialled = [2, 1].map((id) => channel.unary("/test.Fixture/Dial", Buffer.from(`${id}`)));
      await offer(hostServices);
      await offer(hostServices);

      const answers = (await Promise.all(dialled)).map(text);
      assert.deepEqual(answers, ["from the plugin to 2", "from the plugin to 1"]);
    });

    test("gives up a number that the host never announces", async (t) => {
      const { channel } = await launchFixture(t, runtime, { env: fast });

      await assert.rejects(channel.unary("/test.Fixture/Dial", Buffer.from("7")), {
        status: "unknown",
        message: "timeout waiting for connection info",
      });
    });
  });
}
