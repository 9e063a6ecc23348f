import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectNumber, expectRefusal, expectStatus, expectText } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { type Mount, useMount } from "../mounts.ts";
import { totp } from "../plugins.ts";
import { verifies } from "../verifies.ts";

const key = "HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ";
const used = "code already used; wait until the next time period";
const wrongLength = "invalid number of digits for the code";

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
      verifies("T68", "T69");
      const { client, path } = mount();
      const code = await useCode(mount(), "blanks");

      const text = server().host.kind === "openbao" ? wrongLength : used;
      expectRefusal(await client.write(`${path}/code/blanks`, { code: ` ${code} ` }), 400, text);
    });

    test("a used code is refused after its key was made again", async () => {
      verifies("T80");
      const { client, path } = mount();
      const code = await useCode(mount(), "again");

      await client.delete(`${path}/keys/again`);
      await client.write(`${path}/keys/again`, { key, period: 3600 });

      expectRefusal(await client.write(`${path}/code/again`, { code }), 400, used);
    });

    test("a used code stays used when the plugin is reloaded", async () => {
      const { client, path } = mount();
      const code = await useCode(mount(), "reloaded");

      expectStatus(await client.write("sys/plugins/reload/backend", { mounts: `${path}/` }), 200);

      expectRefusal(await client.write(`${path}/code/reloaded`, { code }), 400, used);
    });

    test("answers a code of another length, and none at all, as the server's own engine does", async () => {
      verifies("T70", "T71", "T73", "T74");
      const { client, path } = mount();
      await client.write(`${path}/keys/long`, { key });

      const long = await client.write(`${path}/code/long`, { code: "12345678" });
      const none = await client.write(`${path}/code/unknown`, { code: "" });

      if (server().host.kind === "openbao") {
        expectRefusal(long, 400, wrongLength);
        expectRefusal(none, 400, "unknown key: unknown");
        return;
      }
      assert.deepEqual(expectStatus(long, 200).at("data"), { valid: false });
      expectRefusal(none, 400, "the code value is required");
    });

    test("says when a code ends where the server's own engine does, and where the key asks for it", async () => {
      verifies("T58", "T60");
      const { client, path } = mount();
      await client.write(`${path}/keys/plain`, { key, period: 90 });
      await client.write(`${path}/keys/timed`, { key, period: 90, show_expiry: true });

      const plain = expectStatus(await client.read(`${path}/code/plain`), 200);
      const timed = expectStatus(await client.read(`${path}/code/timed`), 200);

      const times = server().host.kind === "openbao" ? ["expire_time", "generated", "period"] : [];
      assert.deepEqual(Object.keys(Object(plain.at("data"))).sort(), ["code", ...times]);
      assert.equal(timed.at("data", "period"), "1m30s");
      const left = expectNumber(timed, "data", "expire_time") - expectNumber(timed, "data", "generated");
      assert.equal(timed.at("data", "seconds_left"), left);
      assert.ok(left > 0 && left <= 90);
    });

    test("checks no codes of a key after too many wrong ones, also when the plugin is reloaded", async () => {
      const { client, path } = mount();
      await client.write(`${path}/keys/locked`, { key, period: 3600, lockout_threshold: 2 });
      const code = expectText(await client.read(`${path}/code/locked`), "data", "code");
      for (const wrong of wrongCodes(code)) await client.write(`${path}/code/locked`, { code: wrong });

      expectRefusal(await client.write(`${path}/code/locked`, { code }), 429, "too many wrong codes");
      expectStatus(await client.write("sys/plugins/reload/backend", { mounts: `${path}/` }), 200);
      expectRefusal(await client.write(`${path}/code/locked`, { code }), 429, "too many wrong codes");
    });
  });
}

/** Two codes that are not this one, nor another of these hours. */
function wrongCodes(code: string): readonly string[] {
  return ["000000", "000001", "000002"].filter((wrong) => wrong !== code).slice(0, 2);
}
