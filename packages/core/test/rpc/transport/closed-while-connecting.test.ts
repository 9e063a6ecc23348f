import { readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually } from "../fixture.ts";
import { transports } from "./transports.ts";

const openFiles = () => readdirSync("/proc/self/fd").length;

for (const [name, transport] of transports) {
  for (const [when, delayMs] of [
    ["at once", 0],
    ["a moment later", 3],
  ] as const) {
    test(`a channel by ${name} closes its socket when it is closed while it connects, ${when}`, {
      skip: process.platform !== "linux",
    }, async () => {
      const directory = await mkdtemp(join(tmpdir(), "vw-"));
      const address = { network: "unix", address: join(directory, "socket") } as const;
      const server = await transport.listen({ address, services: [] });
      const before = openFiles();

      for (let count = 0; count < 10; count += 1) {
        const channel = transport.dial({ address });
        channel.connect().catch(() => {});
        if (delayMs > 0) await sleep(delayMs);
        await channel.close();
      }

      await eventually(() => openFiles() <= before);
      await server.close();
      await rm(directory, { recursive: true });
    });
  }
}
