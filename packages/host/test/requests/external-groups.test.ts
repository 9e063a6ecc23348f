import assert from "node:assert/strict";
import { test } from "node:test";
import type { Backend } from "@vaultwright/core/launch";
import { startTestHost, type TestHost } from "../test-host.ts";

test("lets logins and renewals decide which external groups of their mount an entity is in", async () => {
  await using running = await startWithGroups();
  const { host, group, login } = running;

  const member = await login("people", "devs", "unknown");
  const seen = await host.call("GET", "auth/people/groups-of-entity");
  running.renewWith = [];
  const renewed = await host.call("POST", "auth/token/renew-self", { token: member.client_token });
  const left = await membersOf(host, group);
  running.renewWith = ["DEVS"];
  await host.call("POST", "auth/token/renew-self", { token: member.client_token });
  const back = await membersOf(host, group);
  const without = await login("people");

  assert.deepEqual(member.identity_policies, ["p-devs"]);
  assert.deepEqual(seen.body.data.names, ["devs"]);
  assert.equal(renewed.body.auth.identity_policies, undefined);
  assert.deepEqual(left, []);
  assert.deepEqual(back, [member.entity_id]);
  assert.equal(without.identity_policies, undefined);
  assert.deepEqual(await membersOf(host, group), []);
});

test("leaves the external groups of other mounts, and internal groups, as they are", async () => {
  await using running = await startWithGroups();
  const { host, group, login } = running;
  const { entity_id: entity } = await login("people", "devs");
  const alias = { name: "ada", canonical_id: entity, mount_accessor: await accessorOf(host, "others") };
  await host.call("POST", "identity/entity-alias", { body: alias });
  const internal = { name: "internal", member_entity_ids: [entity], policies: "p-internal" };
  await host.call("POST", "identity/group", { body: internal });

  const elsewhere = await login("others", "devs");

  assert.deepEqual(elsewhere.identity_policies, ["p-devs", "p-internal"]);
  assert.deepEqual(await membersOf(host, group), [entity]);
});

test("takes the renewal of a token that no auth method made for word of no external groups", async () => {
  await using running = await startWithGroups();
  const { host, group, login } = running;
  const policy = 'path "auth/token/create" { capabilities = ["update"] }';
  await host.call("PUT", "sys/policies/acl/p-devs", { body: { policy } });
  const { client_token: token } = await login("people", "devs");
  const child = await host.call("POST", "auth/token/create", { body: { policies: ["default"] }, token });

  await host.call("POST", "auth/token/renew-self", { token: child.body.auth.client_token });

  assert.deepEqual(await membersOf(host, group), []);
});

/** A server with two mounts of an auth method that says what groups it finds, and an external group at one of them. */
async function startWithGroups() {
  let found: readonly string[] = [];
  const groupAliases = (names: readonly string[]) => names.map((name) => ({ name }));
  const backend: Backend = {
    type: "auth",
    specialPaths: { unauthenticated: ["login"] },
    checkExistence: async () => undefined,
    async handleRequest({ operation, auth, path }, { system }) {
      if (operation === "renew") return auth && { auth: { ...auth, groupAliases: groupAliases(running.renewWith) } };
      if (operation === "rollback") return undefined;
      if (path === "groups-of-entity") {
        const groups = await system.groupsOfEntity(running.entityId);
        return { data: { names: groups.map(({ name }) => name) } };
      }
      const alias = { name: "ada" };
      return { auth: { policies: [], ttl: 60, renewable: true, alias, groupAliases: groupAliases(found) } };
    },
  };
  const host = await startTestHost({ people: { factory: () => backend } });
  await host.mount("auth", "people");
  await host.call("POST", "sys/auth/others", { body: { type: "people" } });
  const made = await host.call("POST", "identity/group", {
    body: { name: "devs", type: "external", policies: "p-devs" },
  });
  const group: string = made.body.data.id;
  const alias = { name: "devs", mount_accessor: await accessorOf(host, "people"), canonical_id: group };
  await host.call("POST", "identity/group-alias", { body: alias });
  const running = {
    host,
    group,
    /** The groups that the auth method finds at renewals. */
    renewWith: [] as readonly string[],
    entityId: "",
    async login(mount: string, ...groups: readonly string[]) {
      found = groups;
      const { auth } = (await host.call("POST", `auth/${mount}/login`, { token: "" })).body;
      running.entityId = auth.entity_id;
      return auth;
    },
    [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
  };
  return running;
}

async function accessorOf(host: TestHost, mount: string): Promise<string> {
  return (await host.call("GET", `sys/auth/${mount}`)).body.data.accessor;
}

async function membersOf(host: TestHost, group: string): Promise<string[]> {
  return (await host.call("GET", `identity/group/id/${group}`)).body.data.member_entity_ids;
}
