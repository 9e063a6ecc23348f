import { createLocks, type Path, path, randomPassword } from "@vaultwright/core";
import { readConfig, storedConfig } from "./config.ts";
import { connectService } from "./service-client.ts";

/** `config/rotate`: gives the managing account a password that only this server knows. */
export function rotationPath(): Path {
  const locks = createLocks();

  return path("config/rotate", {
    summary: "Give the managing account a new password.",
    fields: {},

    async update({ storage, signal }) {
      // Two rotations at once would each believe in its own password.
      await locks.exclusive("config", async () => {
        const config = await readConfig(storage);
        // Stored before the service changes it, or a crash in between would lock the engine out for good. One that such
        // a crash left behind may be in force already, so it is tried again and never replaced.
        const nextPassword = config.nextPassword ?? randomPassword();
        await storedConfig.put(storage, { ...config, nextPassword });
        await connectService(config, signal).changePassword(config.username, nextPassword);
        await storedConfig.put(storage, { url: config.url, username: config.username, password: nextPassword });
      });
    },
  });
}
