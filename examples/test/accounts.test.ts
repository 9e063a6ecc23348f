import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type Response, StorageError } from "@vaultwright/core";
import {
  createFaultyStorage,
  createMemoryStorage,
  createTestClock,
  type Fault,
  harness,
} from "@vaultwright/core/testing";
import { accountsEngine } from "../accounts/engine.ts";
import { type Service, startService } from "../accounts/service.ts";

test("makes an account for each read", async (context) => {
  const { mount, service } = await configured(context);

  const first = await mount.read("creds/reader");
  const second = await mount.read("creds/reader");

  assert.deepEqual([...service.accounts.keys()], ["manager", nameIn(first), nameIn(second)]);
});

test("deletes the account when its lease runs out", async (context) => {
  const { mount, service } = await configured(context, { clock: createTestClock(context) });
  await mount.read("creds/reader");

  await mount.advance(11 * 60);

  assert.deepEqual([...service.accounts.keys()], ["manager"]);
});

test("lets a renewed lease go on", async (context) => {
  const { mount, service } = await configured(context, { clock: createTestClock(context) });
  const lease = await mount.read("creds/reader");
  assert.ok(lease);

  await mount.advance(5 * 60);
  await mount.renew(lease);
  await mount.advance(9 * 60);

  assert.ok(service.accounts.has(nameIn(lease)));
});

test("deletes an account later if it could not be handed out", async (context) => {
  const { mount, service } = await configured(context);
  mount.storage.setFault(failOnceAccountExists(service));
  await assert.rejects(mount.read("creds/reader"), /the storage is out of order/);
  assert.equal(service.accounts.size, 2);

  mount.storage.setFault(undefined);
  await mount.rollback({ immediate: true });

  assert.deepEqual([...service.accounts.keys()], ["manager"]);
});

test("revokes an account that is gone already", async (context) => {
  const { mount, service } = await configured(context);
  const lease = await mount.read("creds/reader");
  assert.ok(lease);
  service.accounts.delete(nameIn(lease));

  await mount.revoke(lease);
});

test("survives a rotation that ended between the service and the storage", async (context) => {
  const { mount, service } = await configured(context);
  mount.storage.setFault(({ operation }) => {
    if (operation === "put" && service.accounts.get("manager") !== "first") throw new Error("the node went away");
  });
  await assert.rejects(mount.write("config/rotate"));

  mount.storage.setFault(undefined);
  await mount.write("config/rotate");
  await mount.read("creds/reader");

  assert.equal(service.accounts.size, 2);
});

test("says that the service refuses the configured account", async (context) => {
  const { mount, service } = await configured(context);
  service.accounts.set("manager", "changed elsewhere");

  await assert.rejects(mount.read("creds/reader"), { message: "the service refuses the name or password in config" });
});

test("says that the service does not answer", async (context) => {
  const { mount } = await configured(context);
  await mount.write("config", { url: "http://127.0.0.1:1", username: "manager", password: "first" });

  await assert.rejects(mount.read("creds/reader"), { message: "the service at http://127.0.0.1:1 does not answer" });
});

test("names accounts as the role says, and refuses a template that no name could be made of", async (context) => {
  const { mount } = await configured(context);
  await mount.write("roles/writer", { username_template: "app_{{ .RoleName | uppercase }}" });

  const answer = await mount.read("creds/writer");

  assert.equal(nameIn(answer), "app_WRITER");
  await assert.rejects(mount.write("roles/writer", { username_template: "{{ .RoleName" }), /unable to parse template/);
});

test("refuses an unknown role, and a mount that nobody has configured", async (context) => {
  const { mount } = await configured(context);
  const empty = await harness(accountsEngine);

  await assert.rejects(mount.read("creds/writer"), { message: 'there is no role "writer"' });
  await assert.rejects(empty.write("config/rotate"), { message: "nothing is configured yet: write to config first" });
});

/** Mounts the engine with a service of its own, and a role whose accounts live ten minutes. */
async function configured(
  context: TestContext,
  options: Pick<NonNullable<Parameters<typeof harness>[1]>, "clock"> = {},
) {
  const service = await startService({ name: "manager", password: "first" });
  const mount = await harness(accountsEngine, { ...options, storage: createFaultyStorage(createMemoryStorage()) });
  context.after(() => mount.close());
  context.after(() => service.close());
  await mount.write("config", { url: service.url, username: "manager", password: "first" });
  await mount.write("roles/reader", { ttl: "10m", max_ttl: "1h" });
  return { mount, service };
}

/** The storage fails as soon as the service has made the account. */
function failOnceAccountExists(service: Service): Fault {
  return () => {
    if (service.accounts.size > 1) throw new StorageError("the storage is out of order");
  };
}

function nameIn(response: Response | undefined): string {
  return String(response?.data?.["username"]);
}
