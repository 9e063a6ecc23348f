import { randomBytes } from "node:crypto";
import { type Path, path } from "@vaultwright/core";
import { readConfig, storedConfig } from "./config.ts";
import { connectService } from "./service-client.ts";

/** `config/rotate`: gives the managing account a password that only this server knows. */
export function createRotation(): Path {
  // Two rotations at once would each believe in its own password, so a mount does one after the other.
  let last: Promise<unknown> = Promise.resolve();

  return path("config/rotate", {
    summary: "Give the managing account a new password.",
    fields: {},

    async update({ storage, signal }) {
      const rotation = last.then(async () => {
        const config = await readConfig(storage);
        // Stored before the service changes it, or a crash in between would lock the engine out for good. One that such a
        // crash left behind may be in force already, so it is tried again and never replaced.
        const nextPassword = config.nextPassword ?? randomBytes(24).toString("base64url");
        await storedConfig.put(storage, { ...config, nextPassword });
        await connectService(config, signal).changePassword(config.username, nextPassword);
        await storedConfig.put(storage, { url: config.url, username: config.username, password: nextPassword });
      });
      last = rotation.catch(() => undefined);
      await rotation;
    },
  });
}
