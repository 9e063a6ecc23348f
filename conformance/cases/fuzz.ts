import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { babble, createDice, type Dice, damage, damageBytes, frame } from "../fuzz.ts";
import { readGoldens } from "../goldens.ts";
import { type ConnectHost, startConnectHost } from "../hosts/connect-host.ts";
import { inputOf } from "../hosts/connect-node.ts";
import { createRudeClient } from "../hosts/rude-client.ts";
import { mock, type PluginDirectory, preparePluginDirectory } from "../plugins.ts";
import { eventually, isAlive } from "../processes.ts";
import { seedFrom } from "../seed.ts";

// The methods with what they take. Without what ends the process by design, and without those that have a test of their
// own: of the setups, nearly each waits five seconds for a connection.
const methods: readonly (readonly [path: string, takes: string])[] = [
  ["/pb.Backend/HandleRequest", "pb.HandleRequestArgs"],
  ["/pb.Backend/HandleExistenceCheck", "pb.HandleExistenceCheckArgs"],
  ["/pb.Backend/InvalidateKey", "pb.InvalidateKeyArgs"],
  ["/pb.Backend/Initialize", "pb.InitializeArgs"],
  ["/pb.Backend/SpecialPaths", "pb.Empty"],
  ["/pb.Backend/Type", "pb.Empty"],
  ["/pb.Backend/Cleanup", "pb.Empty"],
  ["/logical.PluginVersion/Version", "logical.Empty"],
  [
    "/pluginutil.multiplexing.PluginMultiplexing/MultiplexingSupport",
    "pluginutil.multiplexing.MultiplexingSupportRequest",
  ],
  ["/grpc.health.v1.Health/Check", "grpc.health.v1.HealthCheckRequest"],
  ["/plugin.GRPCController/Unknown", "plugin.Empty"],
];

const startStream = "/plugin.GRPCBroker/StartStream";
const setup = "/pb.Backend/Setup";
// Few, so that setups meet announcements; the host's own numbers are far beyond.
const brokerIds = 50;

/** How much of it. */
export interface Amount {
  readonly messages: number;
  /** Setups and streams of announcements together. */
  readonly setups: number;
  readonly connections: number;
}

/** Sends damaged messages and connections, and checks that the plugin serves as before. */
export function fuzzCases({ messages, setups, connections }: Amount): void {
  const goldens = readGoldens();
  const seed = seedFrom("FUZZ_SEED");

  describe(`a plugin that is sent nonsense (FUZZ_SEED=${seed})`, () => {
    const dice = createDice(seed);
    let directory: PluginDirectory;
    let host: ConnectHost;
    before(async () => {
      directory = await preparePluginDirectory();
      host = await startConnectHost(join(directory.path, mock.name));
      for (const id of ["steady", "fuzzed"]) await setUp(id);
    });
    after(async () => {
      await host.stop();
      directory.remove();
    });

    test(`serves on after ${messages} damaged messages`, async (t) => {
      const rude = createRudeClient(host);
      const one = (): Promise<boolean> => {
        // Half of the calls go to the first two, which take the largest messages.
        const [path, takes] = methods[dice(2) === 0 ? dice(2) : dice(methods.length)] ?? ["", ""];
        const fitting = dice(3) === 0 ? goldens : goldens.filter(({ name }) => name === takes);
        // A mount that is cleaned up would take nothing afterwards.
        const id = [path.endsWith("/Cleanup") ? "none" : "fuzzed", "none", undefined][dice(3)];
        return rude.call(path, frame(dice, damage(dice, fitting)), id === undefined ? {} : { multiplex_id: id });
      };
      t.diagnostic(await underWatch(messages, 16, one));
      rude.close();
    });

    test(`serves on, and sets up further mounts, after ${setups} damaged setups and announcements`, async (t) => {
      const rude = createRudeClient(host);
      const one = (): Promise<boolean> => {
        if (dice(2) === 0) return rude.call(startStream, announcements(dice, host.socket), {});
        // Some mounts are set up again and again, while earlier attempts still wait.
        const id = [`setup-${dice(20)}`, "fuzzed", undefined][dice(3)];
        return rude.call(setup, setupMessage(dice), id === undefined ? {} : { multiplex_id: id });
      };
      t.diagnostic(await underWatch(setups, 100, one));
      rude.close();
      await setUp("late");
    });

    test(`serves on after ${connections} connections of noise`, async (t) => {
      const rude = createRudeClient(host);
      t.diagnostic(await underWatch(connections, 8, () => rude.connection(babble(dice))));
    });

    /** Does something so many times, some at once; the plugin must serve, and be little larger than after the first. */
    async function underWatch(count: number, atOnce: number, work: () => Promise<boolean>): Promise<string> {
      const batch = 500;
      let arrived = 0;
      let settled: Size | undefined;
      for (let done = 0; done < count; done += batch) {
        arrived += await times(Math.min(batch, count - done), atOnce, work);
        await assertServes();
        settled ??= sizeOf(host.pid);
      }
      // Otherwise the plugin would be praised for what it never got.
      assert.ok(arrived > count * 0.95, `only ${arrived} of ${count} arrived`);
      const before = settled;
      if (before === undefined) return "nothing was sent";
      await eventually("the close of what was opened", () => sizeOf(host.pid).descriptors <= before.descriptors + 20);
      const { megabytes } = sizeOf(host.pid);
      const told = `${arrived} of ${count} arrived; from ${before.megabytes} to ${megabytes} MB`;
      assert.ok(megabytes < before.megabytes + 100, told);
      return told;
    }

    async function setUp(id: string): Promise<void> {
      const args = { brokerId: host.offerStorage() };
      assert.deepEqual(await host.client.unary("pb.Backend", "Setup", args, { multiplex_id: id }), {});
    }

    async function assertServes(): Promise<void> {
      assert.ok(isAlive(host.pid), "the process ended");
      const read = { request: { id: "id", operation: "read", path: "counter", data: "null" } };
      assert.match(
        JSON.stringify(await host.client.unary("pb.Backend", "HandleRequest", read, { multiplex_id: "steady" })),
        /calls/,
      );
    }
  });
}

/** Makes the messages of one broker stream, whole or damaged, with addresses where nobody speaks as a host. */
function announcements(dice: Dice, pluginSocket: string): Buffer {
  const frames = Array.from({ length: 1 + dice(4) }, () => {
    const info = {
      serviceId: dice(brokerIds),
      network: ["unix", "tcp", "pipe", ""][dice(4)] ?? "",
      address: ["/nowhere", pluginSocket, "127.0.0.1:1", ""][dice(4)] ?? "",
      ...(dice(4) === 0 && { knock: { knock: dice(2) === 0, ack: dice(2) === 0, error: "" } }),
    };
    return frame(dice, damageBytes(dice, Buffer.from(inputOf("plugin.GRPCBroker", "StartStream", info))));
  });
  return Buffer.concat(frames);
}

function setupMessage(dice: Dice): Buffer {
  const args = { brokerId: dice(brokerIds), backendUuid: "uuid", config: { version: "1" } };
  return frame(dice, damageBytes(dice, Buffer.from(inputOf("pb.Backend", "Setup", args))));
}

/** Does something so many times, some at once, and counts how often it told of success. */
async function times(count: number, atOnce: number, work: () => Promise<boolean>): Promise<number> {
  let left = count;
  let arrived = 0;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      if (await work()) arrived += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return arrived;
}

interface Size {
  readonly megabytes: number;
  readonly descriptors: number;
}

function sizeOf(pid: number): Size {
  if (process.platform !== "linux") return { megabytes: 0, descriptors: 0 };
  const [, kilobytes = "0"] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return { megabytes: Math.round(Number(kilobytes) / 1024), descriptors: readdirSync(`/proc/${pid}/fd`).length };
}
