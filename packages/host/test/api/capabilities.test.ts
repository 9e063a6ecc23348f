import assert from "node:assert/strict";
import { test } from "node:test";
import { startTestHost, type TestHost } from "../test-host.ts";

const policy = `path "a/+/x*" { capabilities = ["read"] }
path "b/*" { capabilities = ["list", "update"] min_wrapping_ttl = "1m" }
path "c" { capabilities = ["deny"] }`;

test("says what a token can do, by its text and by its accessor", async () => {
  await using host = await startTestHost();
  const { client_token: token, accessor } = await makeToken(host);

  const byText = await host.call("POST", "sys/capabilities", { body: { token, paths: "b/x,c" } });
  const byAccessor = await host.call("POST", "sys/capabilities-accessor", { body: { accessor, paths: ["a/1/xy"] } });

  assert.deepEqual(byText.body.data, { "b/x": ["list", "update"], c: ["deny"] });
  assert.deepEqual(byAccessor.body.data, { "a/1/xy": ["read"], capabilities: ["read"] });
});

test("refuses to say what nobody can do", async () => {
  await using host = await startTestHost();
  const ask = async (path: string, body: object) => {
    const answer = await host.call("POST", `sys/${path}`, { body });
    return [answer.status, answer.body.errors[0]];
  };

  assert.deepEqual(await ask("capabilities-self", {}), [400, "paths must be supplied"]);
  assert.deepEqual(await ask("capabilities", { paths: "a" }), [500, "1 error occurred:\n\t* no token found\n\n"]);
  assert.deepEqual(await ask("capabilities", { paths: "a", token: "none" }), [
    400,
    "1 error occurred:\n\t* invalid token\n\n",
  ]);
  assert.deepEqual(await ask("capabilities-accessor", { paths: "a" }), [400, "missing accessor"]);
  assert.deepEqual(await ask("capabilities-accessor", { paths: "a", accessor: "none" }), [
    400,
    "1 error occurred:\n\t* invalid accessor\n\n",
  ]);
});

test("tells user interfaces all that policies say", async () => {
  await using host = await startTestHost();
  const { client_token: token } = await makeToken(host);

  const own = await host.call("GET", "sys/internal/ui/resultant-acl", { token });
  const root = await host.call("GET", "sys/internal/ui/resultant-acl");

  const { exact_paths: exact, glob_paths: glob } = own.body.data;
  assert.deepEqual(exact["c"], { capabilities: ["deny"] });
  assert.deepEqual(exact["auth/token/lookup-self"], { capabilities: ["read"] });
  assert.deepEqual(glob["a/+/x*"], { capabilities: ["read"] });
  assert.deepEqual(glob["b/"], { capabilities: ["list", "update"], min_wrapping_ttl: 60 });
  assert.deepEqual(root.body.data, { chroot_namespace: "", root: true });
});

test("answers what user interfaces ask before anybody logs in", async () => {
  await using host = await startTestHost();

  const flags = await host.call("GET", "sys/internal/ui/feature-flags", { token: "" });
  const messages = await host.call("GET", "sys/internal/ui/unauthenticated-messages", { token: "" });
  const namespaces = await host.call("GET", "sys/internal/ui/namespaces");
  const version = await host.call("GET", "sys/internal/ui/version");

  assert.deepEqual(flags.body, { feature_flags: null });
  assert.deepEqual(messages.body.data, {});
  assert.deepEqual(namespaces.body.data, { keys: [""] });
  assert.equal(version.status, 404);
});

async function makeToken(host: TestHost): Promise<{ readonly client_token: string; readonly accessor: string }> {
  await host.call("PUT", "sys/policies/acl/mine", { body: { policy } });
  const { body } = await host.call("POST", "auth/token/create", { body: { policies: ["mine"] } });
  return body.auth;
}
