import { secret, t } from "@vaultwright/core";
import { readConfig } from "./config.ts";
import { roleNamed } from "./roles.ts";
import { connectService } from "./service-client.ts";

/** An account that is handed out under a lease. The server keeps `internal` with the lease and gives it back here. */
export const account = secret("account", {
  internal: { username: t.string({ required: true }), role: t.string({ required: true }) },

  async renew({ internal, storage }) {
    const { ttl, max_ttl: maxTtl } = await roleNamed(internal.role, storage);
    return { ttl, maxTtl };
  },

  async revoke({ internal, storage, signal }) {
    await connectService(await readConfig(storage), signal).deleteAccount(internal.username);
  },
});
