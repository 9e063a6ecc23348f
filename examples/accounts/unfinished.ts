import { writeAheadLog } from "@vaultwright/core";
import { readConfig } from "./config.ts";
import { connectService } from "./service-client.ts";

/** Accounts that were perhaps made, but whose leases perhaps never reached the server. */
export const unfinished = writeAheadLog<{ readonly username: string }>("account", {
  async undo({ data, storage, signal }) {
    await connectService(await readConfig(storage), signal).deleteAccount(data.username);
  },
});
