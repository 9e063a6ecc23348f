import type { TestContext } from "node:test";

/** The time of a test. */
export interface TestClock {
  /** Lets seconds pass at once. */
  advance(seconds: number): void;
}

/**
 * Stops `Date` for a test, for the plugin and everybody else, until the test ends. Timers go on as ever.
 */
export function createTestClock(
  { mock }: Pick<TestContext, "mock">,
  start: Date = new Date("2026-01-01T00:00:00Z"),
): TestClock {
  mock.timers.enable({ apis: ["Date"], now: start });
  return { advance: (seconds) => mock.timers.setTime(Date.now() + seconds * 1000) };
}
