import type { Clock } from "../src/clock.ts";

/** A clock that stands until it is turned. */
export interface FakeClock extends Clock {
  /** Lets time pass, and all callbacks come whose time it is, in their order. */
  advance(seconds: number): Promise<void>;
}

/** Makes a clock that stands at a full second. */
export function createFakeClock(start = new Date("2026-01-01T00:00:00Z")): FakeClock {
  let nowMs = start.getTime();
  const alarms = new Set<{ readonly timeMs: number; readonly callback: () => void }>();
  return {
    now: () => new Date(nowMs),
    at(time, callback) {
      const alarm = { timeMs: time.getTime(), callback };
      alarms.add(alarm);
      return () => alarms.delete(alarm);
    },
    async advance(seconds) {
      const untilMs = nowMs + seconds * 1000;
      for (;;) {
        const due = [...alarms].filter((alarm) => alarm.timeMs <= untilMs).sort((a, b) => a.timeMs - b.timeMs)[0];
        if (due === undefined) break;
        alarms.delete(due);
        nowMs = Math.max(nowMs, due.timeMs);
        due.callback();
        await settled();
      }
      nowMs = untilMs;
      await settled();
    },
  };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
