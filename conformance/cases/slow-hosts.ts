import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { JsonValue } from "@bufbuild/protobuf";
import { type ConnectHost, startConnectHost } from "../hosts/connect-host.ts";
import { inputOf } from "../hosts/connect-node.ts";
import { silentKey } from "../hosts/connect-storage.ts";
import { askAndNotRead } from "../hosts/deaf-client.ts";
import { mock, type PluginDirectory, preparePluginDirectory } from "../plugins.ts";
import { eventually } from "../processes.ts";
import { type Size, sizeOf } from "../soak/size.ts";
import { verifies } from "../verifies.ts";

const handleRequest = "/pb.Backend/HandleRequest";
const answerMb = 8;
const answersAtOnce = 8;

/** Hosts that are there and do not do their part: whom they hold up, and what is left of it in the plugin. */
export function slowHostCases(): void {
  const skip = process.platform === "linux" ? false : "the size of a process is read from Linux's /proc";

  describe("a host that does not do its part", { timeout: 90_000, skip }, () => {
    let directory: PluginDirectory;
    let host: ConnectHost;
    before(async () => {
      directory = await preparePluginDirectory();
      host = await startConnectHost(join(directory.path, mock.name));
      for (const mount of ["one", "other"]) {
        await setUp(mount, host.offerStorage());
        // What a mount opens, it has opened by then.
        await assertServes(mount);
      }
    });
    after(async () => {
      await host.stop();
      directory.remove();
    });

    test("by not reading large answers holds up no other connection, and leaves nothing behind", async (t) => {
      const request = args({
        operation: "update",
        path: "large",
        data: JSON.stringify({ length: answerMb * 2 ** 20 }),
      });
      const message = inputOf("pb.Backend", "HandleRequest", request);
      const messages = Array.from({ length: answersAtOnce }, () => message);
      const before = size();
      const levels: number[] = [];

      for (let round = 0; round < 6; round += 1) {
        const deaf = await askAndNotRead(host, handleRequest, messages, { multiplex_id: "one" });
        await eventually("the making of the answers", () => size().residentMb > before.residentMb + answerMb);
        await assertServes("one");
        await assertServes("other");
        deaf.close();
        await eventually("the close of the connection", () => size().descriptors <= before.descriptors);
        levels.push(Math.round(size().residentMb));
      }

      // Garbage is collected when more is made, so answers that are read go on; what is kept would be 64 MB for each round.
      const limit = before.residentMb + 3 * answerMb * answersAtOnce;
      await eventually("the collection of what nobody read", async () => {
        await callWithin(5_000, "one", request);
        return size().residentMb < limit;
      });
      const later = Math.round(size().residentMb);
      t.diagnostic(
        `${Math.round(before.residentMb)} MB before, then ${levels.join(", ")}, and ${later} when it is over`,
      );
    });

    test("by never answering a call of the storage ends with it when its own deadline has passed", async () => {
      verifies("W116");
      const name = silentKey.slice("values/".length);
      const asked = args({ operation: "read", path: `values/${name}`, data: "null" });

      const reading = callWithin(300, "one", asked);

      await assertServes("one");
      assert.match(await reading, /deadline/);
      await assertServes("one");
    });

    test("by letting a deadline pass finds the handler aborted", async () => {
      const mount = "deadline";
      await setUp(mount, host.offerStorage());

      assert.match(await callWithin(300, mount, args({ operation: "read", path: "wait", data: "null" })), /deadline/);

      await eventually("the end of the handler", async () => (await diaryOf(mount)).includes("aborted"));
    });

    test("by accepting a mount's connection and saying nothing on it fails that mount and no other", async () => {
      const accepted: Socket[] = [];
      const silent = createServer((socket) => accepted.push(socket.on("error", () => {})));
      const address = join(dirname(host.socket), "silent");
      silent.listen(address);
      await once(silent, "listening");
      const before = size();
      const mount = { multiplex_id: "silent" };

      const settingUp = host.client.unary("pb.Backend", "Setup", { brokerId: host.offerStorage(address) }, mount);
      const outcome = settingUp.then(
        () => callWithin(1_000, "silent", args({ operation: "read", path: "values/a", data: "null" })),
        (error: unknown) => String(error),
      );

      await eventually("the plugin's connection", () => accepted.length > 0);
      await assertServes("other");
      assert.match(await outcome, /deadline/);
      await host.client.unary("pb.Backend", "Cleanup", {}, mount).catch(() => {});
      for (const socket of accepted) socket.destroy();
      silent.close();
      await eventually("the close of what was opened", () => size().descriptors <= before.descriptors);
    });

    async function setUp(mount: string, brokerId: number): Promise<void> {
      assert.deepEqual(await host.client.unary("pb.Backend", "Setup", { brokerId }, { multiplex_id: mount }), {});
    }

    async function assertServes(mount: string): Promise<void> {
      const asked = args({ operation: "read", path: "values/none", data: "null" });
      assert.equal(await callWithin(5_000, mount, asked), "{}");
    }

    async function diaryOf(mount: string): Promise<string> {
      return callWithin(5_000, mount, args({ operation: "read", path: "diary", data: "null" }));
    }

    /** Asks with a deadline; gives the answer as text, or what came instead of it. */
    async function callWithin(milliseconds: number, mount: string, asked: JsonValue): Promise<string> {
      const headers = { multiplex_id: mount };
      const answer = host.client.unary("pb.Backend", "HandleRequest", asked, headers, milliseconds);
      return answer.then(JSON.stringify, String);
    }

    function size(): Size {
      return sizeOf(host.pid, dirname(host.socket));
    }
  });
}

function args(request: { readonly [name: string]: JsonValue }): JsonValue {
  return { request: { id: "id", ...request } };
}
