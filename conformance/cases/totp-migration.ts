import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectRefusal, expectStatus, expectText } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { tokenFor, useMount } from "../mounts.ts";
import { totp } from "../plugins.ts";

const key = "HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ";

/** Keys that come from authenticator apps, and that go there. */
export function totpMigrationCases(server: () => ServerUnderTest): void {
  describe("totp keys of authenticator apps", () => {
    const from = useMount(server, totp);
    const to = useMount(server, totp);

    test("are exported from one mount and imported into another, which makes the same codes", async () => {
      const { client, path } = from();
      const settings = { key, issuer: "Example", account_name: "alice@example.com", exportable: true, digits: 8 };
      expectStatus(await client.write(`${path}/keys/a`, settings), 204);

      const exported = expectStatus(await client.write(`${path}/export`, { keys: ["a"], qr_size: 0 }), 200);
      const imported = await client.write(`${to().path}/import`, { urls: exported.at("data", "urls") });

      assert.deepEqual(expectStatus(imported, 200).at("data", "keys"), ["Example-alice@example.com"]);
      const codeOf = async (name: string) => expectText(await client.read(name), "data", "code");
      const codes = [await codeOf(`${path}/code/a`), await codeOf(`${to().path}/code/Example-alice@example.com`)];
      assert.equal(codes[0], codes[1]);
    });

    test("are not given out unless they were made for it, nor to callers who may only use keys", async () => {
      const { client, path } = from();
      expectStatus(await client.write(`${path}/keys/kept`, { key }), 204);
      const policy = `path "${path}/keys/*" { capabilities = ["read", "update"] }`;
      const user = await tokenFor(client, "totp-keys-only", policy);

      expectRefusal(await client.write(`${path}/export`, { keys: "kept" }), 400, "the key kept is not exportable");
      expectStatus(await user.write(`${path}/export`, { keys: "a" }), 403);
    });
  });
}
