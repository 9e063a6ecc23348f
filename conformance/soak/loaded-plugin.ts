import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type GoCall, type GoHost, startGoHost } from "../hosts/go-sdk.ts";
import { type Size, sizeOf } from "./size.ts";
import { isAsExpected, type Step, type Work } from "./work.ts";

const mounts = ["one", "two", "three"];
const mostAtOnce = 32;

/** A plugin under load, in a Go host of its own. */
export interface LoadedPlugin {
  readonly name: string;
  readonly pid: number;
  /** Calls that were answered. */
  calls(): number;
  /** Answers that were not the expected ones; the first of them only. */
  surprises(): readonly string[];
  size(): Size;
  /** Goes on with so many calls a second, and a further mount every few seconds, until the signal aborts. */
  load(options: LoadOptions): Promise<void>;
  stop(): Promise<void>;
}

/** How much load. */
export interface LoadOptions {
  readonly callsPerSecond: number;
  readonly furtherMountEveryMs: number;
  readonly signal: AbortSignal;
}

/** Starts a plugin with three mounts; its sockets lie in the given directory, which must be empty. */
export async function startLoadedPlugin(
  host: string,
  plugins: string,
  sockets: string,
  work: Work,
): Promise<LoadedPlugin> {
  const running = startGoHost(host, join(plugins, work.plugin.name), { TMPDIR: sockets });
  for (const mount of mounts) await setUp(running, work, mount);
  const pid = Number((await running.call({ call: "process" }))["pid"]);
  const surprises: string[] = [];
  const steps: Step[] = [];
  let calls = 0;
  let round = 0;
  let further = 0;
  let inFlight = 0;

  async function take({ call, expected }: Step): Promise<void> {
    inFlight += 1;
    const answer = await running.call(call);
    inFlight -= 1;
    calls += 1;
    if (isAsExpected(answer, expected) || surprises.length >= 10) return;
    surprises.push(`${call.operation ?? call.call} ${call.path}: ${JSON.stringify(answer).slice(0, 200)}`);
  }

  function nextStep(): Step {
    for (;;) {
      const step = steps.shift();
      if (step !== undefined) return step;
      round += 1;
      steps.push(...work.round(mounts[round % mounts.length] ?? "", round));
    }
  }

  async function mountOnce(): Promise<void> {
    further += 1;
    const mount = `further-${further}`;
    // Every other mount is given up at once, while its connection to the host may still be in the making.
    if (further % 2 === 0) {
      await setUp(running, work, mount);
      for (const step of work.round(mount, further)) await take(step);
    } else {
      await succeed(running, { call: "setup", mount });
    }
    await succeed(running, { call: "cleanup", mount });
  }

  return {
    name: work.plugin.name,
    pid,
    calls: () => calls,
    surprises: () => surprises,
    size: () => sizeOf(pid, sockets),
    async load({ callsPerSecond, furtherMountEveryMs, signal }) {
      const tasks = new Set<Promise<void>>();
      const follow = (task: Promise<void>): void => {
        const done = task.finally(() => tasks.delete(done));
        tasks.add(done);
      };
      const started = performance.now();
      let lastMount = started;
      for (let begun = 0; ; begun += 1) {
        const due = started + (begun * 1_000) / callsPerSecond;
        while (performance.now() < due || inFlight >= mostAtOnce) await delay(5);
        if (signal.aborted) break;
        follow(take(nextStep()));
        if (performance.now() - lastMount < furtherMountEveryMs) continue;
        lastMount = performance.now();
        follow(mountOnce());
      }
      await Promise.all(tasks);
    },
    stop: () => running.stop(),
  };
}

async function setUp(host: GoHost, work: Work, mount: string): Promise<void> {
  for (const call of [{ call: "setup", mount }, { call: "initialize", mount }, ...work.prepare(mount)]) {
    await succeed(host, call);
  }
}

async function succeed(host: GoHost, call: GoCall): Promise<void> {
  const { error, value } = await host.call(call);
  if (error !== undefined) throw new Error(`${call.call} ${call.path ?? ""} failed: ${error.text}`);
  if (!isAsExpected({ value }, "success")) throw new Error(`${call.call} ${call.path} was refused`);
}
