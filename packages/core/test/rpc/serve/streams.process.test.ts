import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { GRPCControllerDefinition } from "../../../src/gen/plugin/controller.ts";
import { clientOf } from "../../../src/rpc/service.ts";
import { grpcJs } from "../../../src/rpc/transport/grpc-js/grpc-js.ts";
import {
  connectPlainly,
  eventually,
  launchFixture,
  nothing,
  plainEnvironment,
  runtimes,
  startFixture,
  text,
} from "../fixture.ts";

for (const runtime of runtimes) {
  describe(`standard input and output of a plugin on ${runtime.name}`, { timeout: 80_000 }, () => {
    test("sends what is printed to the host's stream, never to its standard output", async (t) => {
      let output = "";
      const { channel } = await launchFixture(t, runtime, {
        env: { PRINT_EARLY: "yes" },
        onOutput: (data) => {
          output += text(data);
        },
      });

      await channel.unary("/test.Fixture/Print", nothing);
      await eventually(() => output.includes("by the stream"));

      for (const printed of ["early by console", "early by stream", "printed by console.log", "by console.info"]) {
        assert.ok(output.includes(printed), printed);
      }
      assert.match(output, /│ +1 +│/);
    });

    test("prints nothing but the handshake line to its standard output", async (t) => {
      const plugin = startFixture(t, runtime, { ...plainEnvironment, PRINT_EARLY: "yes" });
      const { address } = await plugin.handshake();
      const channel = grpcJs.dial({ address });

      await channel.unary("/test.Fixture/Print", nothing);
      await clientOf(GRPCControllerDefinition, channel).shutdown({});
      await plugin.exit;

      assert.equal(plugin.stdout(), `1|5|unix|${address.address}|grpc|\n`);
      await channel.close();
    });

    test("leaves what the host writes to its standard input unread, and lives on when that is closed [W32]", async (t) => {
      const { plugin, channel } = await connectPlainly(t, runtime);

      plugin.child.stdin?.end("anything");

      assert.equal(text(await channel.unary("/test.Fixture/Echo", Buffer.from("alive"))), "alive");
    });

    test("lives on when nobody reads its standard error any more", async (t) => {
      const { plugin, channel } = await connectPlainly(t, runtime);
      plugin.child.stderr?.destroy();

      await channel.unary("/test.Fixture/Complain", nothing);
      await channel.unary("/test.Fixture/Complain", nothing);

      assert.equal(text(await channel.unary("/test.Fixture/Echo", Buffer.from("alive"))), "alive");
    });
  });
}
