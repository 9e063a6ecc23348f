import { nameTemplate, path, randomPassword, t } from "@vaultwright/core";
import { account } from "./account.ts";
import { readConfig } from "./config.ts";
import { roleNamed } from "./roles.ts";
import { connectService } from "./service-client.ts";
import { unfinished } from "./unfinished.ts";

/** `creds/ROLE`: each read makes an account. */
export const credsPath = path("creds/:role", {
  summary: "Make an account.",
  fields: { role: t.name({ description: "Name of the role." }) },

  async read({ fields: { role }, storage, signal, request }) {
    const { ttl, max_ttl: maxTtl, username_template: template } = await roleNamed(role, storage);
    const service = connectService(await readConfig(storage), signal);
    const username = nameTemplate(template).generate({ DisplayName: request.displayName ?? "", RoleName: role });
    const password = randomPassword();

    // Noted first: if this process ends, or a call fails, before the note is deleted, the account is deleted later.
    const note = await unfinished.put(storage, { username });
    await service.createAccount(username, password);
    await unfinished.done(storage, note);

    return account.issue({ data: { username, password }, internal: { username, role }, ttl, maxTtl });
  },
});
