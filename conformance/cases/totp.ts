import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { expectRefusal, expectStatus, expectText } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { tokenFor, useMount } from "../mounts.ts";
import { totp } from "../plugins.ts";
import { verifies } from "../verifies.ts";
import { codeAt, key } from "./totp-code.ts";

const used = "code already used; wait until the next time period";

/** Keys and codes of the TOTP engine. */
export function totpCases(server: () => ServerUnderTest): void {
  describe("totp", () => {
    const mount = useMount(server, totp);

    test("keeps a key that is given and never shows it", async () => {
      verifies("T1", "T2");
      const { client, path } = mount();

      assert.equal(expectStatus(await client.write(`${path}/keys/given`, { key }), 204).body, undefined);

      assert.deepEqual(expectStatus(await client.read(`${path}/keys/given`), 200).at("data"), {
        issuer: "",
        account_name: "",
        period: 30,
        algorithm: "SHA1",
        digits: 6,
      });
    });

    test("replaces a key with all its settings", async () => {
      verifies("T3", "T4", "T27");
      const { client, path } = mount();
      const settings = { issuer: "Vault", account_name: "Test", digits: 8, period: "1m30s", algorithm: "SHA256" };

      expectStatus(await client.write(`${path}/keys/set`, { key, ...settings }), 204);
      assert.deepEqual((await client.read(`${path}/keys/set`)).at("data"), { ...settings, period: 90 });

      expectStatus(await client.write(`${path}/keys/set`, { key }), 204);
      assert.equal((await client.read(`${path}/keys/set`)).at("data", "digits"), 6);
      assert.equal((await client.read(`${path}/keys/set`)).at("data", "issuer"), "");
    });

    test("makes a key and shows its URL once", async () => {
      verifies("T5", "T6", "T90");
      const { client, path } = mount();
      const wanted = { generate: true, issuer: "Vault", account_name: "Test", qr_size: 0 };

      const answer = expectStatus(await client.write(`${path}/keys/made`, wanted), 200);

      assert.match(
        expectText(answer, "data", "url"),
        /^otpauth:\/\/totp\/Vault:Test\?algorithm=SHA1&digits=6&issuer=Vault&period=30&secret=[A-Z2-7]{32}$/,
      );
      const data = (await client.read(`${path}/keys/made`)).at("data");
      assert.deepEqual(Object.keys(Object(data)).sort(), ["account_name", "algorithm", "digits", "issuer", "period"]);
    });

    test("keeps a made key to itself on request", async () => {
      verifies("T9");
      const { client, path } = mount();
      const wanted = { generate: true, exported: false, issuer: "Vault", account_name: "Test" };

      expectStatus(await client.write(`${path}/keys/kept`, wanted), 204);
    });

    test("takes an otpauth URL", async () => {
      verifies("T34");
      const { client, path } = mount();
      const url = `otpauth://totp/Vault:test@email.com?secret=${key}&algorithm=SHA512&digits=6&period=60`;

      expectStatus(await client.write(`${path}/keys/url`, { url }), 204);

      assert.deepEqual((await client.read(`${path}/keys/url`)).at("data"), {
        issuer: "Vault",
        account_name: "test@email.com",
        period: 60,
        algorithm: "SHA512",
        digits: 6,
      });
    });

    test("refuses what cannot be a key, in the order of its checks", async () => {
      verifies("T12", "T13", "T14", "T17", "T18", "T23", "T24", "T25", "T26", "T28", "T30", "T33");
      const { client, path } = mount();
      const refusals: readonly (readonly [object, string])[] = [
        [{ generate: true, issuer: "V" }, "the account_name value is required for generated keys"],
        [{ generate: true, account_name: "a" }, "the issuer value is required for generated keys"],
        [{ generate: true, key }, "a key should not be passed if generate is true"],
        [{}, "the key value is required"],
        [{ key: "1" }, "invalid key value: illegal base32 data at input byte 0"],
        [{ key, algorithm: "sha1" }, "the algorithm value is not valid"],
        [{ key, digits: 7 }, "the digits value can only be 6 or 8"],
        [{ key, period: 0 }, "the period value must be greater than zero"],
        [
          { key, period: -1 },
          "Field validation failed: error converting input for field \"period\": cannot provide negative value '-1'",
        ],
        [{ generate: true, issuer: "V", account_name: "T", skew: "2" }, "the skew value must be 0 or 1"],
        [{ key, key_size: 0 }, "the key_size value must be greater than zero"],
        [{ key, digits: 9, algorithm: "X", period: 0 }, "the digits value can only be 6 or 8"],
      ];

      for (const [body, text] of refusals) {
        const answer = expectStatus(await client.write(`${path}/keys/refused`, body), 400);
        assert.deepEqual(answer.errors, [text]);
      }

      expectStatus(await client.read(`${path}/keys/refused`), 404);
    });

    test("lists, reads and deletes keys", async () => {
      verifies("T49", "T50", "T51", "T55", "T56");
      const { client, path } = mount();
      await client.write(`${path}/keys/doomed`, { key });
      const keys = (await client.list(`${path}/keys`)).at("data", "keys");
      assert.ok(Array.isArray(keys) && keys.includes("doomed"));

      expectStatus(await client.delete(`${path}/keys/doomed`), 204);
      expectStatus(await client.delete(`${path}/keys/doomed`), 204);

      assert.deepEqual(expectStatus(await client.read(`${path}/keys/doomed`), 404).body, { errors: [] });
      assert.deepEqual(expectStatus(await client.read(`${path}/code/doomed`), 400).errors, ["unknown key: doomed"]);
      expectStatus(await client.read(`${path}/keys`), 405);
    });

    test("refuses names that are no names", async () => {
      verifies("T48");
      const { client, path } = mount();

      expectRefusal(await client.write(`${path}/keys/a-`, { key }), 404, "unsupported path");
    });

    test("makes the code that every other program makes", async () => {
      verifies("T57", "T20");
      const { client, path } = mount();
      await client.write(`${path}/keys/code`, { key: key.toLowerCase(), period: 3600 });

      const before = codeAt(Date.now(), 3600);

      const answer = expectStatus(await client.read(`${path}/code/code`), 200);

      if (server().host.kind === "vault") assert.deepEqual(Object.keys(Object(answer.at("data"))), ["code"]);
      assert.ok([before, codeAt(Date.now(), 3600)].includes(expectText(answer, "data", "code")));
    });

    test("takes a code once", async () => {
      verifies("T64", "T65", "T66", "T67", "T72", "T82");
      const { client, path } = mount();
      await client.write(`${path}/keys/once`, { key, period: 3600 });
      const code = expectText(await client.read(`${path}/code/once`), "data", "code");
      const wrong = code === "000000" ? "000001" : "000000";

      assert.deepEqual((await client.write(`${path}/code/once`, { code })).at("data"), { valid: true });
      assert.deepEqual(expectStatus(await client.write(`${path}/code/once`, { code }), 400).errors, [used]);
      assert.deepEqual((await client.write(`${path}/code/once`, { code: wrong })).at("data"), { valid: false });
      expectRefusal(await client.write(`${path}/code/once`, {}), 400, "the code value is required");
    });

    test("takes a code once when it comes twenty times at the same moment", async () => {
      verifies("T83");
      const { client, path } = mount();
      await client.write(`${path}/keys/race`, { key, period: 3600 });
      const code = expectText(await client.read(`${path}/code/race`), "data", "code");

      const answers = await Promise.all(Array.from({ length: 20 }, () => client.write(`${path}/code/race`, { code })));

      assert.equal(answers.filter((answer) => answer.at("data", "valid") === true).length, 1);
      assert.equal(answers.filter(({ status }) => status === 400).length, 19);
    });

    test("forgets a code after its time", async () => {
      verifies("T78");
      const { client, path } = mount();
      await client.write(`${path}/keys/short`, { key, period: 1, skew: 0 });
      const code = expectText(await client.read(`${path}/code/short`), "data", "code");
      await client.write(`${path}/code/short`, { code });

      await sleep(3_000);

      expectStatus(await client.write(`${path}/code/short`, { code }), 200);
    });

    test("needs the update capability for a new key", async () => {
      verifies("T84");
      const { client, path } = mount();
      const creator = await tokenFor(client, "totp-create", `path "${path}/keys/*" { capabilities = ["create"] }`);

      expectStatus(await creator.write(`${path}/keys/denied`, { key }), 403);
    });

    test("explains itself", async () => {
      verifies("T92");
      const { client, path } = mount();

      expectText(expectStatus(await client.read(`${path}/?help=1`), 200), "help");
      expectText(expectStatus(await client.read(`${path}/keys/k?help=1`), 200), "help");
    });
  });
}
