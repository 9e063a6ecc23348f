import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectRefusal, expectStatus, expectText } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { useMount } from "../mounts.ts";
import { totp } from "../plugins.ts";
import { verifies } from "../verifies.ts";

const key = "HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ";
const made = { generate: true, issuer: "Vault", account_name: "Test" };

/** The finer points of making TOTP keys: URLs, sizes, refusals. */
export function totpKeyCases(server: () => ServerUnderTest): void {
  describe("totp keys", () => {
    const mount = useMount(server, totp);
    const empty = useMount(server, totp);

    test("has no list before the first key, and then one in order", async () => {
      verifies("T52", "T53");
      const { client, path } = empty();

      assert.deepEqual(expectStatus(await client.list(`${path}/keys`), 404).body, { errors: [] });
      for (const name of ["b", "a"]) await client.write(`${path}/keys/${name}`, { key });
      assert.deepEqual((await client.list(`${path}/keys`)).at("data", "keys"), ["a", "b"]);
    });

    test("lists names in pages", async () => {
      verifies("T54");
      const { client, path } = mount();
      for (const name of ["page-a", "page-b", "page-c"]) await client.write(`${path}/keys/${name}`, { key });

      const page = expectStatus(await client.request("LIST", `${path}/keys?after=page-a&limit=1`), 200);

      // Vault 1.10 does not tell plugins the query of a list.
      const isTold = server().host.version !== "1.10.11";
      assert.deepEqual(page.at("data", "keys"), isTold ? ["page-b"] : ["page-a", "page-b", "page-c"]);
    });

    test("reads issuer, account and settings out of a URL", async () => {
      verifies("T35", "T36", "T37", "T38", "T39", "T45", "T46");
      const { client, path } = mount();
      const urls: readonly (readonly [string, object, object])[] = [
        ["totp/test@email.com?issuer=Vault&", {}, { issuer: "Vault", account_name: "test@email.com" }],
        ["totp/test@email.com?", {}, { issuer: "", account_name: "test@email.com" }],
        ["totp/Vault:?", {}, { issuer: "Vault", account_name: "" }],
        ["totp/?", {}, { issuer: "", account_name: "" }],
        ["totp/t?", { issuer: "Body", account_name: "x" }, { issuer: "Body", account_name: "t" }],
        ["hotp/V:t?", {}, { issuer: "V", account_name: "t" }],
        ["totp/V:t?", { digits: 8 }, { digits: 8 }],
      ];

      for (const [url, body, expected] of urls) {
        expectStatus(await client.write(`${path}/keys/url`, { url: `otpauth://${url}secret=${key}`, ...body }), 204);
        const data = (await client.read(`${path}/keys/url`)).at("data");
        assert.deepEqual({ ...Object(data), ...expected }, data, url);
      }
    });

    test("refuses what cannot be a key, by its text", async () => {
      verifies("T15", "T16", "T19", "T22", "T29", "T31", "T40", "T41", "T42", "T43", "T44");
      const { client, path } = mount();
      const url = `otpauth://totp/V:t?secret=${key}`;
      const refusals: readonly (readonly [object, string])[] = [
        [{ generate: true, url }, "a url should not be passed if generate is true"],
        [{ generate: true, url, key }, "a key should not be passed if generate is true"],
        [{ key: "JBSW Y3DP" }, "invalid key value: illegal base32 data at input byte 4"],
        [{ key: "AAA" }, "invalid key value: illegal base32 data at input byte 3"],
        [{ ...made, qr_size: "-100" }, "the qr_size value must be greater than or equal to zero"],
        [{ key, key_size: 0 }, "the key_size value must be greater than zero"],
        [{ url: `${url}&period=AZ` }, "an error occurred while parsing period value in url"],
        [{ url: `${url}&digits=Q` }, "an error occurred while parsing digits value in url"],
        [{ url: `${url}&period=-5` }, "the period value must be greater than zero"],
        [{ url: "notaurl" }, "the key value is required"],
        [{ url: "otpauth://totp/%zz?secret=AAAA" }, "an error occurred while parsing url string"],
      ];

      for (const [body, text] of refusals) {
        assert.deepEqual(expectStatus(await client.write(`${path}/keys/refused`, body), 400).errors, [text]);
      }
      expectStatus(await client.read(`${path}/keys/refused`), 404);
    });

    test("refuses a field of another kind, and only mentions one that it does not know", async () => {
      verifies("T85", "T86", "T91");
      const { client, path } = mount();

      const refused = await client.write(`${path}/keys/fields`, { generate: "maybe" });
      const silent = await client.write(`${path}/keys/fields`, { key, foo: 1 });
      const warned = await client.write(`${path}/keys/fields`, { ...made, foo: 1 });

      expectRefusal(refused, 400, 'Field validation failed: error converting input for field "generate":');
      expectStatus(silent, 204);
      assert.match(JSON.stringify(expectStatus(warned, 200).at("warnings")), /unrecognized parameters: \[foo\]/);
    });

    test("makes secrets of the wanted size", async () => {
      verifies("T8", "T10", "T11");
      const { client, path } = mount();

      for (const [size, characters] of [
        [10, 16],
        [32, 52],
      ] as const) {
        const answer = await client.write(`${path}/keys/sized`, { ...made, key_size: size, qr_size: 0 });
        assert.match(expectText(answer, "data", "url"), new RegExp(`&secret=[A-Z2-7]{${characters}}$`));
        assert.equal(answer.at("data", "barcode"), undefined);
      }
    });

    test("draws a QR code, and leaves no key behind where it cannot", async () => {
      verifies("T7", "T32");
      const { client, path } = mount();

      const answer = expectStatus(await client.write(`${path}/keys/drawn`, made), 200);
      const png = Buffer.from(expectText(answer, "data", "barcode"), "base64");

      assert.equal(png.toString("latin1", 1, 4), "PNG");
      // Width and height, in the first chunk of the file.
      assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [200, 200]);
      const tooSmall = await client.write(`${path}/keys/small`, { ...made, qr_size: 10 });
      expectRefusal(tooSmall, 500, "failed to generate QR code image");
      expectStatus(await client.read(`${path}/keys/small`), 404);
    });

    test("writes blanks in a URL as the server's own engine does", async () => {
      verifies("T87", "T88");
      const { client, path } = mount();
      const names = { issuer: "My Co", account_name: "a b" };

      const answer = await client.write(`${path}/keys/blanks`, { ...made, ...names, qr_size: 0 });

      const issuer = server().host.kind === "openbao" ? "My%20Co" : "My+Co";
      const url = expectText(answer, "data", "url");
      assert.ok(url.startsWith("otpauth://totp/My%20Co:a%20b?") && url.includes(`&issuer=${issuer}&`), url);
    });

    test("lets no issuer bring a secret of its own", async () => {
      verifies("T89");
      const { client, path } = mount();

      const answer = await client.write(`${path}/keys/smuggled`, { ...made, issuer: "x&secret=AAAAAAAA", qr_size: 0 });

      assert.match(expectText(answer, "data", "url"), /issuer=x%26secret%3DAAAAAAAA&period=30&secret=[A-Z2-7]{32}$/);
    });

    test("makes codes of unpadded secrets, and under names like addresses", async () => {
      verifies("T21", "T47");
      const { client, path } = mount();
      const unpadded = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZAU";

      expectStatus(await client.write(`${path}/keys/unpadded`, { key: unpadded }), 204);
      for (const name of ["sample", "sample@sample.com", "sample@sample@@sample.com", "a-b.c_d"])
        expectStatus(await client.write(`${path}/keys/${name}`, made), 200);

      for (const name of ["unpadded", "sample@sample@@sample.com", "a-b.c_d"])
        assert.match(expectText(await client.read(`${path}/code/${name}`), "data", "code"), /^\d{6}$/);
    });
  });
}
