import type { Clock } from "../clock.ts";

// The sum is what go-plugin waits for an announcement.
const delaysMs = [50, 100, 200, 400, 800, 1600, 1850] as const;

/** Connects, and tries again for some five seconds: a knock may come before the host has a listener to open. */
export async function connectWithPatience<T>(connect: () => Promise<T>, clock: Clock): Promise<T> {
  for (const delayMs of delaysMs) {
    try {
      return await connect();
    } catch {
      await new Promise<void>((resolve) => clock.after(delayMs, resolve));
    }
  }
  return connect();
}
