import assert from "node:assert/strict";
import { test } from "node:test";
import { createLeasing } from "../leasing.ts";
import { passThrough } from "../pass-through.ts";
import { send, startTestHost } from "../test-host.ts";

test("sends the page, which may load nothing from elsewhere and runs nothing inline", async () => {
  await using running = await startTestHost();

  const page = await send(`${running.host.address}/ui/`, "GET", {});
  const style = await send(`${running.host.address}/ui/style.css`, "GET", {});

  assert.equal(page.status, 200);
  assert.equal(page.headers["content-type"], "text/html; charset=utf-8");
  assert.match(String(page.headers["content-security-policy"]), /^default-src 'none'; script-src 'self';/);
  assert.equal(page.headers["x-content-type-options"], "nosniff");
  assert.doesNotMatch(page.text, /https?:|<style|style=|<script(?! type="module" src=)/);
  assert.equal(style.headers["content-type"], "text/css; charset=utf-8");
});

test("leads from the address of the server to the page", async () => {
  await using running = await startTestHost();

  const root = await send(`${running.host.address}/`, "GET", {});
  const withoutSlash = await send(`${running.host.address}/ui`, "GET", {});

  assert.deepEqual([root.status, root.headers["location"]], [307, "/ui/"]);
  assert.deepEqual([withoutSlash.status, withoutSlash.headers["location"]], [307, "/ui/"]);
});

test("answers to the names of this machine only", async () => {
  await using running = await startTestHost();
  const statusFor = async (host: string): Promise<number> =>
    (await send(`${running.host.address}/ui/`, "GET", { headers: { Host: host } })).status;

  assert.equal(await statusFor("localhost:8200"), 200);
  assert.equal(await statusFor("127.0.0.1"), 200);
  assert.equal(await statusFor("rebound.example:8200"), 403);
  assert.equal(await statusFor("localhost.example"), 403);
});

test("sends no file that is not the page's", async () => {
  await using running = await startTestHost();
  const statusOf = async (path: string): Promise<number> =>
    (await send(`${running.host.address}${path}`, "GET", {})).status;

  assert.equal(await statusOf("/ui/none.js"), 404);
  assert.equal(await statusOf("/ui/..%2fpackage.json"), 404);
  assert.equal(await statusOf("/ui/tsconfig.json"), 404);
  assert.equal(await statusOf("/ui/../src/host.ts"), 404);
});

test("takes only reads", async () => {
  await using running = await startTestHost();

  const page = await send(`${running.host.address}/ui/`, "POST", { body: {} });
  const token = running.host.rootToken;
  const activity = await send(`${running.host.address}/ui/api/activity`, "HEAD", { token });

  assert.equal(page.status, 405);
  assert.equal(activity.status, 405);
});

test("shows leases and activity to who has sudo there, and to nobody else", async () => {
  await using running = await startTestHost();
  const policy = 'path "ui/api/leases" { capabilities = ["read", "sudo"] }';
  await running.call("POST", "sys/policies/acl/page", { body: { policy } });
  const tokenWith = async (policies: readonly string[]): Promise<string> =>
    (await running.call("POST", "auth/token/create", { body: { policies } })).body.auth.client_token;
  const [allowed, other] = [await tokenWith(["page"]), await tokenWith(["default"])];
  const statusFor = async (path: string, token: string): Promise<number> =>
    (await send(`${running.host.address}/ui/api/${path}`, "GET", { token })).status;

  assert.equal(await statusFor("leases", running.host.rootToken), 200);
  assert.equal(await statusFor("leases", allowed), 200);
  assert.equal(await statusFor("activity", allowed), 403);
  assert.equal(await statusFor("leases", other), 403);
  assert.equal(await statusFor("leases", "hvs.wrong"), 403);
  assert.equal(await statusFor("leases", ""), 403);
  assert.equal(await statusFor("none", running.host.rootToken), 404);
});

test("shows nothing of a sealed server but the page", async () => {
  await using running = await startTestHost();
  const token = running.host.rootToken;
  await running.call("POST", "sys/seal");

  const page = await send(`${running.host.address}/ui/`, "GET", {});
  const leases = await send(`${running.host.address}/ui/api/leases`, "GET", { token });

  assert.equal(page.status, 200);
  assert.deepEqual([leases.status, leases.body], [503, { errors: ["Vault is sealed"] }]);
});

test("lists leases of secrets and tokens, the ones that end first before the others", async () => {
  await using running = await startTestHost({ leasing: createLeasing() });
  await running.mount("secret", "leasing", "db");
  const { body: leased } = await running.call("GET", "db/creds");
  await running.call("POST", "auth/token/create", { body: { ttl: "1h" } });
  await running.clock.advance(60);

  const { body } = await send(`${running.host.address}/ui/api/leases`, "GET", { token: running.host.rootToken });

  assert.equal(body.count, 2);
  assert.deepEqual(body.leases[0], {
    id: leased.lease_id,
    kind: "secret",
    isRenewable: true,
    expiresAtMs: Date.parse("2026-01-01T00:10:00Z"),
    secondsLeft: 540,
  });
  assert.equal(body.leases[1].kind, "token");
  assert.equal(body.leases[1].secondsLeft, 3540);
});

test("does not take a page's path for one of the API", async () => {
  await using running = await startTestHost({ store: passThrough });
  await running.mount("secret", "store", "ui");

  const answer = await running.call("POST", "ui/api", { body: { a: "b" } });

  assert.equal(answer.status, 204);
});
