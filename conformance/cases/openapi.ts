import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectStatus, expectText } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { type Mount, rootClient, useMount } from "../mounts.ts";
import { exampleAuth, kv, totp } from "../plugins.ts";
import { verifies } from "../verifies.ts";

/** What real servers make of the documents of our plugins; the embedded host gathers none. */
export function openApiCases(server: () => ServerUnderTest): void {
  describe("the server's own OpenAPI document", () => {
    const secrets = useMount(server, kv);
    const codes = useMount(server, totp);
    const users = useMount(server, exampleAuth);

    test("has the paths of each mount", async () => {
      const document = expectStatus(await rootClient(server()).read("sys/internal/specs/openapi"), 200);

      const methodsOf = ({ path }: Mount, rest: string) =>
        Object.keys(Object(document.at("paths", `/${path}/${rest}`))).filter((key) => /^(get|post|delete)$/.test(key));
      assert.deepEqual(methodsOf(secrets(), "{path}").sort(), ["delete", "get", "post"]);
      assert.deepEqual(methodsOf(codes(), "keys/{name}").sort(), ["delete", "get", "post"]);
      assert.deepEqual(methodsOf(codes(), "code/{name}").sort(), ["get", "post"]);
      assert.deepEqual(methodsOf(users(), "users/{name}").sort(), ["delete", "get", "post"]);
      assert.equal(document.at("paths", `/${users().path}/login`, "x-vault-unauthenticated"), true);
      assert.deepEqual(document.at("paths", `/${codes().path}/keys/{name}`, "post", "tags"), ["secrets"]);
    });

    test("is made of what a mount answers to requests for help", async () => {
      verifies("S137", "S152");
      const { client, path } = codes();

      const help = expectStatus(await client.read(`${path}/keys/k?help=1`), 200);

      assert.match(expectText(help, "help"), /^Request: {8}keys\/k\nMatching Route: \^keys\/\(\?P<name>/);
      assert.equal(help.at("see_also"), null);
      assert.deepEqual(Object.keys(Object(help.at("openapi", "paths"))), ["/keys/{name}"]);
      const schema = Object.values(Object(help.at("openapi", "components", "schemas")))[0];
      assert.ok("qr_size" in Object(Object(schema).properties));
    });
  });
}
