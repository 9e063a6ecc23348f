import assert from "node:assert/strict";
import { test } from "node:test";
import { targetOf } from "../../src/http/request-path.ts";
import { startTestHost } from "../test-host.ts";

test("sends clients on from paths that are not written as they should be", () => {
  const redirectOf = (url: string): string | undefined => targetOf(url).redirect;

  assert.equal(redirectOf("//v1/sys/mounts"), "/v1/sys/mounts");
  assert.equal(redirectOf("/v1//sys//mounts?list=true"), "/v1/sys/mounts?list=true");
  assert.equal(redirectOf("/v1/sys/../kv/./a"), "/v1/kv/a");
  assert.equal(redirectOf("/v1/kv/a//"), "/v1/kv/a/");
  assert.equal(redirectOf("/../../v1/a"), "/v1/a");
  assert.equal(redirectOf("//\\other/v1"), "/%5Cother/v1");
});

test("decodes paths once, and takes encoded dots, slashes and backslashes for text", () => {
  const pathOf = (url: string): string => targetOf(url).path;

  assert.equal(pathOf("/v1/kv/%2e%2e/a"), "kv/../a");
  assert.equal(pathOf("/v1/kv%2Fa%3Fb%23c%2520"), "kv/a?b#c%20");
  assert.equal(pathOf("/v1/kv/a\\b"), "kv/a\\b");
  assert.equal(pathOf("http://other/v1/kv/a"), "kv/a");
  assert.equal(pathOf("/v1/kv/"), "kv/");
});

test("refuses paths that are not encoded as they should be, and those of nothing", () => {
  assert.throws(() => targetOf("/v1/%zz"), { status: 400 });
  assert.throws(() => targetOf("/ui/"), { status: 404 });
  assert.throws(() => targetOf("*"), { name: "Failure" });
});

test("redirects over HTTP, and refuses lifetimes of a wrapping that are none", async () => {
  await using host = await startTestHost();
  const wrapped = (ttl: string) => host.call("GET", "sys/mounts", { headers: { "X-Vault-Wrap-TTL": ttl } });

  const moved = await host.call("GET", "sys//mounts");
  const negative = await wrapped("-5");
  const odd = await wrapped("abc");

  assert.deepEqual([moved.status, moved.headers["location"]], [307, "/v1/sys/mounts"]);
  assert.deepEqual(
    [negative.status, negative.body.errors],
    [400, ["error parsing X-Vault-Wrap-TTL header: requested wrap ttl cannot be negative"]],
  );
  assert.deepEqual(
    [odd.status, odd.body.errors],
    [400, ['error parsing X-Vault-Wrap-TTL header: time: invalid duration "abc"']],
  );
});
