import assert from "node:assert/strict";
import { closeSync, openSync, readSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { GRPCControllerDefinition } from "../../../src/gen/plugin/controller.ts";
import { GRPCStdioDefinition } from "../../../src/gen/plugin/stdio.ts";
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
  temporaryDirectory,
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

    test("prints nothing but the handshake line to its standard output [W18, W21]", async (t) => {
      const plugin = startFixture(t, runtime, { ...plainEnvironment, PRINT_EARLY: "yes" });
      const { address } = await plugin.handshake();
      const channel = grpcJs.dial({ address });

      await channel.unary("/test.Fixture/Print", nothing);
      await clientOf(GRPCControllerDefinition, channel).shutdown({});
      await plugin.exit;

      assert.equal(plugin.stdout(), `1|5|unix|${address.address}|grpc|\n`);
      await channel.close();
    });

    test("leaves its standard input unread [W32]", async (t) => {
      const path = join(temporaryDirectory(t), "input");
      writeFileSync(path, "from the host");
      const input = openSync(path, "r");
      t.after(() => closeSync(input));
      const plugin = startFixture(t, runtime, plainEnvironment, input);
      const { address } = await plugin.handshake();
      const channel = grpcJs.dial({ address });

      await channel.unary("/test.Fixture/Print", nothing);
      await clientOf(GRPCControllerDefinition, channel).shutdown({});
      await plugin.exit;
      await channel.close();

      // Both processes read at the same position of the file, which a reader in the plugin would have moved.
      const rest = Buffer.alloc(100);
      assert.equal(rest.toString("utf8", 0, readSync(input, rest, 0, rest.length, null)), "from the host");
    });

    test("opens the host's stream of its output and keeps it open without output [W51]", async (t) => {
      const { channel } = await connectPlainly(t, runtime);
      const cancel = new AbortController();
      const stream = clientOf(GRPCStdioDefinition, channel).streamStdio({}, { signal: cancel.signal });
      const first = stream[Symbol.asyncIterator]().next();
      first.catch(() => {});

      assert.equal(await Promise.race([first, setTimeout(300, "still open")]), "still open");

      await channel.unary("/test.Fixture/Print", nothing);
      const { value, done } = await first;
      assert.equal(done, false);
      assert.match(text(value?.data ?? nothing), /^printed by console.log/);
      cancel.abort();
    });

    test("writes each line of its log as one JSON object to its standard error [W127, W132]", async (t) => {
      const { plugin, channel } = await connectPlainly(t, runtime);
      const cancel = new AbortController();
      const call = channel.unary("/test.Fixture/Hang", nothing, { signal: cancel.signal });

      await eventually(() => plugin.stderr().includes("hanging"));
      cancel.abort();
      await assert.rejects(call);
      await eventually(() => plugin.stderr().includes("let go"));

      const lines = plugin.stderr().trimEnd().split("\n");
      const members = lines.map((line) => JSON.parse(line));
      assert.deepEqual(
        members.map((line) => line["@message"]),
        ["hanging", "let go"],
      );
      for (const line of members) {
        assert.equal(line["@level"], "info");
        assert.match(line["@timestamp"], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(?:Z|[+-]\d\d:\d\d)$/);
      }
    });

    test("lives on when what the host writes to its standard input is closed", async (t) => {
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
