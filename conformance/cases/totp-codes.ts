import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectRefusal, expectStatus, expectText } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { type Mount, useMount } from "../mounts.ts";
import { totp } from "../plugins.ts";
import { verifies } from "../verifies.ts";

const key = "HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ";
const used = "code already used; wait until the next time period";

/** What is remembered of codes, and how codes may be written. */
export function totpCodeCases(server: () => ServerUnderTest): void {
  describe("totp codes", () => {
    const mount = useMount(server, totp);

    /** Makes a key, checks its code of this hour, and gives the code. */
    async function useCode({ client, path }: Mount, name: string): Promise<string> {
      await client.write(`${path}/keys/${name}`, { key, period: 3600 });
      const code = expectText(await client.read(`${path}/code/${name}`), "data", "code");
      assert.deepEqual((await client.write(`${path}/code/${name}`, { code })).at("data"), { valid: true });
      return code;
    }

    test("a used code is refused with blanks around it, too", async () => {
      verifies("T68");
      const { client, path } = mount();
      const code = await useCode(mount(), "blanks");

      expectRefusal(await client.write(`${path}/code/blanks`, { code: ` ${code} ` }), 400, used);
    });

    test("a used code is refused after its key was made again", async () => {
      verifies("T80");
      const { client, path } = mount();
      const code = await useCode(mount(), "again");

      await client.delete(`${path}/keys/again`);
      await client.write(`${path}/keys/again`, { key, period: 3600 });

      expectRefusal(await client.write(`${path}/code/again`, { code }), 400, used);
    });

    test("used codes are forgotten when the plugin is reloaded", async () => {
      verifies("T81");
      const { client, path } = mount();
      const code = await useCode(mount(), "reloaded");

      expectStatus(await client.write("sys/plugins/reload/backend", { mounts: `${path}/` }), 200);

      const answer = await client.write(`${path}/code/reloaded`, { code });
      assert.deepEqual(expectStatus(answer, 200).at("data"), { valid: true });
    });

    test("a code of another length is wrong, and none at all is an error before anything else", async () => {
      verifies("T70", "T73");
      const { client, path } = mount();
      await client.write(`${path}/keys/long`, { key });

      const long = await client.write(`${path}/code/long`, { code: "12345678" });
      const none = await client.write(`${path}/code/unknown`, { code: "" });

      assert.deepEqual(expectStatus(long, 200).at("data"), { valid: false });
      expectRefusal(none, 400, "the code value is required");
    });
  });
}
