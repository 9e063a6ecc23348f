import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { root } from "../../scripts/project.ts";
import { buildGoHost } from "../hosts/go-build.ts";
import { type PluginDirectory, preparePluginDirectory } from "../plugins.ts";
import { eventually, isAlive } from "../processes.ts";
import { describeLevels, levelsOf, type Moments, type Sample } from "../soak/levels.ts";
import { type LoadedPlugin, startLoadedPlugin } from "../soak/loaded-plugin.ts";
import type { Size } from "../soak/size.ts";
import { works } from "../soak/work.ts";

/** How long the load goes on, and what is allowed. */
export interface SoakOptions extends Moments {
  readonly sampleEverySeconds: number;
  /** Of all plugins together. */
  readonly callsPerSecond: number;
  /** How much memory may have grown since it settled. */
  readonly growthMb: number;
}

const warmUpSeconds = 3;
const furtherMountEveryMs = 3_000;

/** Loads plugins in Go hosts with what succeeds, fails and is cancelled, and checks that nothing piles up in them. */
export function soakCases(options: SoakOptions): void {
  const { seconds, sampleEverySeconds } = options;
  const timeout = (seconds + 60) * 1_000;
  const skip = process.platform === "linux" ? false : "the size of a process is read from Linux's /proc";

  describe(`${seconds} seconds of mixed load from Go hosts`, { timeout, skip }, () => {
    const loaded: LoadedPlugin[] = [];
    const samples = new Map<LoadedPlugin, Sample[]>();
    let directory: PluginDirectory;
    let sockets: string;

    before(async () => {
      const host = await buildGoHost("go-sdk");
      directory = await preparePluginDirectory();
      sockets = mkdtempSync(join(tmpdir(), "soak-"));
      for (const work of works) {
        loaded.push(await startLoadedPlugin(host, directory.path, mkdtempSync(join(sockets, "s-")), work));
      }
    });
    after(async () => {
      await Promise.all(loaded.map((plugin) => plugin.stop()));
      directory.remove();
      rmSync(sockets, { recursive: true });
    });

    test("leaves memory, descriptors and socket files as they were", { timeout }, async (t) => {
      await load(warmUpSeconds);
      const sizes = loaded.map((plugin) => plugin.size());

      await Promise.all([load(seconds), takeSamples()]);

      for (const plugin of loaded) t.diagnostic(`${plugin.name}: ${plugin.calls()} calls; ${memoryOf(plugin)}`);
      for (const [index, plugin] of loaded.entries()) {
        assert.deepEqual(plugin.surprises(), []);
        await assertNothingOpen(plugin, sizes[index]);
        assertNoGrowth(plugin);
      }
    });

    test("leaves no process and no socket file behind its hosts", async () => {
      await Promise.all(loaded.map((plugin) => plugin.stop()));

      await eventually("the end of all plugins", () => loaded.every(({ pid }) => !isAlive(pid)));
      const left = readdirSync(sockets).flatMap((own) => readdirSync(join(sockets, own)));
      assert.deepEqual(left, []);
    });

    async function load(duration: number): Promise<void> {
      const signal = AbortSignal.timeout(duration * 1_000);
      const callsPerSecond = options.callsPerSecond / loaded.length;
      await Promise.all(loaded.map((plugin) => plugin.load({ callsPerSecond, furtherMountEveryMs, signal })));
    }

    /** Notes the sizes, and keeps them in a file for whoever wants to see how they came about. */
    async function takeSamples(): Promise<void> {
      const log = join(root, ".cache", "soak", `${new Date().toISOString().replaceAll(":", "")}.jsonl`);
      mkdirSync(join(log, ".."), { recursive: true });
      const started = performance.now();
      for (let due = 0; due <= seconds; due += sampleEverySeconds) {
        await delay(Math.max(0, started + due * 1_000 - performance.now()));
        for (const plugin of loaded) {
          const sample = { second: due, ...plugin.size() };
          samples.set(plugin, [...samplesOf(plugin), sample]);
          appendFileSync(log, `${JSON.stringify({ plugin: plugin.name, calls: plugin.calls(), ...sample })}\n`);
        }
      }
    }

    function samplesOf(plugin: LoadedPlugin): readonly Sample[] {
      return samples.get(plugin) ?? [];
    }

    async function assertNothingOpen(plugin: LoadedPlugin, before: Size | undefined): Promise<void> {
      if (before === undefined) throw new Error("the plugin was not measured before");
      await eventually(`the close of what ${plugin.name} opened`, () => {
        const { descriptors, sockets } = plugin.size();
        return descriptors <= before.descriptors && sockets <= before.sockets;
      });
    }

    function assertNoGrowth(plugin: LoadedPlugin): void {
      for (const figure of ["residentMb", "anonymousMb"] as const) {
        const { settled, end } = levelsOf(samplesOf(plugin), figure, options);
        assert.ok(end <= settled + options.growthMb, `${plugin.name} grew: ${memoryOf(plugin)}`);
      }
    }

    function memoryOf(plugin: LoadedPlugin): string {
      const told = (figure: "residentMb" | "anonymousMb"): string =>
        describeLevels(levelsOf(samplesOf(plugin), figure, options));
      return `resident ${told("residentMb")}; anonymous ${told("anonymousMb")}`;
    }
  });
}
