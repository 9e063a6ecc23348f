import type { Cancel, Clock } from "./clock.ts";

/** A clock that can be put ahead of another one. */
export interface MovableClock extends Clock {
  /** Puts it further ahead; callbacks whose time has come are called soon. */
  advance(seconds: number): void;
}

/** Makes a clock that goes with another one. */
export function createMovableClock(base: Clock): MovableClock {
  let aheadMs = 0;
  const alarms = new Set<{ readonly time: Date; readonly callback: () => void; cancel: Cancel }>();
  const at = (time: Date, callback: () => void): Cancel =>
    base.at(aheadMs === 0 ? time : new Date(time.getTime() - aheadMs), callback);
  return {
    now: () => (aheadMs === 0 ? base.now() : new Date(base.now().getTime() + aheadMs)),
    at(time, callback) {
      const ring = (): void => {
        alarms.delete(alarm);
        callback();
      };
      const alarm = { time, callback: ring, cancel: at(time, ring) };
      alarms.add(alarm);
      return () => {
        alarms.delete(alarm);
        alarm.cancel();
      };
    },
    advance(seconds) {
      aheadMs += seconds * 1000;
      for (const alarm of alarms) {
        alarm.cancel();
        alarm.cancel = at(alarm.time, alarm.callback);
      }
    },
  };
}
