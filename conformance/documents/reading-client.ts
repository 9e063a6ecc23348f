import { createClient } from "../client.ts";
import type { ServerUnderTest } from "../hosts/server.ts";

/** A client that reads a path all the time. */
export interface ReadingClient {
  /** Ends it, and gives how often it read, and what it got where that was no success. */
  stop(): Promise<{ readonly reads: number; readonly failures: readonly string[] }>;
}

const lines = 2;

/** Starts a client that reads in several lines at once, each as fast as it gets answers. */
export function startReading({ address, rootToken }: ServerUnderTest, path: string): ReadingClient {
  const client = createClient(address, rootToken);
  const failures: string[] = [];
  let reads = 0;
  let isOver = false;
  const read = async (): Promise<void> => {
    while (!isOver) {
      const { status, body } = await client.read(path);
      reads += 1;
      if (status !== 200) failures.push(`${status} ${JSON.stringify(body)}`);
    }
  };
  const all = Promise.all(Array.from({ length: lines }, read));
  return {
    async stop() {
      isOver = true;
      await all;
      return { reads, failures };
    },
  };
}
