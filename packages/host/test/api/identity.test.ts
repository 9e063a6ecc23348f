import assert from "node:assert/strict";
import { test } from "node:test";
import { startTestHost, type TestHost } from "../test-host.ts";

const time = "2026-01-01T00:00:00.000Z";

test("reads, lists and finds the entity of an alias", async () => {
  await using host = await startTestHost();
  const none = await host.call("LIST", "identity/entity/id");
  const { entity_id: id } = await login(host, "me");

  const read = await host.call("GET", `identity/entity/id/${id}`);
  const { name, aliases } = read.body.data;
  const [{ id: aliasId, mount_accessor: accessor }] = aliases;
  const listed = await host.call("LIST", "identity/entity/id");
  const names = await host.call("LIST", "identity/entity/name");
  const find = async (body: object) => (await host.call("POST", "identity/lookup/entity", { body })).body?.data.id;

  assert.equal(none.status, 404);
  assert.deepEqual(read.body.data, {
    aliases: [
      {
        canonical_id: id,
        creation_time: time,
        custom_metadata: null,
        id: aliasId,
        last_update_time: time,
        local: false,
        merged_from_canonical_ids: null,
        metadata: null,
        mount_accessor: accessor,
        mount_path: "auth/token/",
        mount_type: "token",
        name: "me",
      },
    ],
    creation_time: time,
    direct_group_ids: [],
    disabled: false,
    group_ids: [],
    id,
    inherited_group_ids: [],
    last_update_time: time,
    merged_entity_ids: null,
    metadata: null,
    name,
    namespace_id: "root",
    policies: [],
  });
  assert.deepEqual(listed.body.data.keys, [id]);
  assert.equal(listed.body.data.key_info[id].aliases[0].name, "me");
  assert.deepEqual(names.body.data.keys, [name]);
  assert.equal(await find({ id }), id);
  assert.equal(await find({ name }), id);
  assert.equal(await find({ alias_id: aliasId }), id);
  assert.equal(await find({ alias_name: "ME", alias_mount_accessor: accessor }), id);
});

test("refuses lookups that ask for nothing, or for two things", async () => {
  await using host = await startTestHost();
  const find = (body: object) => host.call("POST", "identity/lookup/entity", { body });

  assert.deepEqual((await find({})).body.errors, ["query parameter not supplied"]);
  assert.deepEqual((await find({ id: "a", name: "b" })).body.errors, [
    "query parameter conflict; please supply distinct set of query parameters",
  ]);
  assert.deepEqual((await find({ alias_name: "a" })).body.errors, [
    "both 'alias_name' and 'alias_mount_accessor' needs to be set",
  ]);
  assert.equal((await find({ id: "none" })).status, 204);
});

test("lends the policies of an entity to its tokens", async () => {
  await using host = await startTestHost();
  const { client_token: token, entity_id: id } = await login(host, "me");
  await host.call("PUT", "sys/policies/acl/lent", {
    body: { policy: 'path "sys/mounts" { capabilities = ["read"] }' },
  });
  const before = await host.call("GET", "sys/mounts", { token });

  const changed = await host.call("POST", `identity/entity/id/${id}`, { body: { policies: "lent" } });
  const after = await host.call("GET", "sys/mounts", { token });
  const looked = await host.call("GET", "auth/token/lookup-self", { token });
  const again = await login(host, "me");

  assert.equal(before.status, 403);
  assert.equal(changed.status, 204);
  assert.equal(after.status, 200);
  assert.deepEqual(looked.body.data.identity_policies, ["lent"]);
  assert.deepEqual(looked.body.data.policies, ["default"]);
  assert.deepEqual(again.identity_policies, ["lent"]);
  assert.deepEqual(again.policies, ["default", "lent"]);
  assert.deepEqual(again.token_policies, ["default"]);
});

test("refuses the tokens of an entity that is disabled or gone", async () => {
  await using host = await startTestHost();
  const { client_token: token, entity_id: id } = await login(host, "me");
  const look = async () => (await host.call("GET", "auth/token/lookup-self", { token })).status;

  await host.call("POST", `identity/entity/id/${id}`, { body: { disabled: true } });
  const disabled = await look();
  await host.call("POST", `identity/entity/id/${id}`, { body: { disabled: false } });
  const enabled = await look();
  await host.call("DELETE", `identity/entity/id/${id}`);

  assert.deepEqual([disabled, enabled, await look()], [403, 200, 403]);
});

test("makes entities and aliases before anybody logs in", async () => {
  await using host = await startTestHost();
  const { body: auth } = await host.call("GET", "sys/auth");
  const { accessor } = auth.data["token/"];

  const made = await host.call("POST", "identity/entity", { body: { name: "bob", metadata: { team: "a" } } });
  const { id } = made.body.data;
  const alias = { name: "bobby", canonical_id: id, mount_accessor: accessor, custom_metadata: { x: "y" } };
  const aliased = await host.call("POST", "identity/entity-alias", { body: alias });
  const read = await host.call("GET", `identity/entity-alias/id/${aliased.body.data.id}`);
  const { entity_id: loggedIn } = await login(host, "bobby");
  const namesake = await host.call("POST", "identity/entity/name/eve", { body: {} });
  const taken = await host.call("POST", `identity/entity/id/${id}`, { body: { name: "eve" } });
  const root = await host.call("POST", `identity/entity/id/${id}`, { body: { policies: "root" } });
  await host.call("DELETE", `identity/entity-alias/id/${aliased.body.data.id}`);
  const left = await host.call("GET", "identity/entity/name/bob");

  assert.deepEqual(made.body.data, { aliases: null, id, name: "bob" });
  assert.deepEqual(aliased.body.data, { canonical_id: id, id: read.body.data.id });
  assert.deepEqual(read.body.data.custom_metadata, { x: "y" });
  assert.equal(loggedIn, id);
  assert.equal(namesake.status, 200);
  assert.deepEqual(taken.body.errors, ["entity name is already in use"]);
  assert.deepEqual(root.body.errors, ["policies cannot contain root"]);
  assert.deepEqual(left.body.data.aliases, []);
  assert.deepEqual(left.body.data.metadata, { team: "a" });
});

test("lends the policies of groups to the tokens of their members", async () => {
  await using host = await startTestHost();
  const { client_token: token, entity_id: id } = await login(host, "me");
  await host.call("PUT", "sys/policies/acl/lent", {
    body: { policy: 'path "sys/mounts" { capabilities = ["read"] }' },
  });

  const made = await host.call("POST", "identity/group", {
    body: { name: "admins", member_entity_ids: [id], policies: ["Lent"], metadata: { a: "b" } },
  });
  const { id: group } = made.body.data;
  const allowed = await host.call("GET", "sys/mounts", { token });
  const entity = await host.call("GET", `identity/entity/id/${id}`);
  const read = await host.call("GET", "identity/group/name/ADMINS");
  const found = await host.call("POST", "identity/lookup/group", { body: { id: group } });
  const listed = await host.call("LIST", "identity/group/id");
  const names = await host.call("LIST", "identity/group/name");
  const emptied = await host.call("POST", `identity/group/id/${group}`, { body: { member_entity_ids: [] } });
  const refused = await host.call("GET", "sys/mounts", { token });
  await host.call("DELETE", `identity/group/id/${group}`);
  const gone = await host.call("GET", `identity/group/id/${group}`);

  assert.deepEqual(made.body.data, { id: group, name: "admins" });
  assert.equal(allowed.status, 200);
  assert.deepEqual(entity.body.data.direct_group_ids, [group]);
  assert.deepEqual(read.body.data, {
    alias: {},
    creation_time: time,
    id: group,
    last_update_time: time,
    member_entity_ids: [id],
    member_group_ids: null,
    metadata: { a: "b" },
    modify_index: 1,
    name: "admins",
    namespace_id: "root",
    parent_group_ids: null,
    policies: ["Lent"],
    type: "internal",
  });
  assert.deepEqual(found.body.data, read.body.data);
  assert.deepEqual(listed.body.data.key_info, {
    [group]: { name: "admins", num_member_entities: 1, num_parent_groups: 0 },
  });
  assert.deepEqual(names.body.data.keys, ["admins"]);
  assert.equal(emptied.status, 204);
  assert.equal(refused.status, 403);
  assert.equal(gone.status, 404);
});

test("refuses groups that cannot be", async () => {
  await using host = await startTestHost();
  await host.call("POST", "identity/group/name/taken", { body: {} });
  const { body: made } = await host.call("POST", "identity/group/name/other", { body: {} });
  const write = async (path: string, body: object) => (await host.call("POST", path, { body })).body.errors[0];

  assert.equal(await write("identity/group", { id: "none" }), "invalid group ID");
  assert.equal(await write("identity/group", { name: "x", policies: "root" }), "policies cannot contain root");
  assert.equal(await write("identity/group", { name: "x", type: "odd" }), 'invalid group type "odd"');
  assert.equal(
    await write("identity/group", { name: "x", member_entity_ids: "none" }),
    '1 error occurred:\n\t* invalid entity ID "none"\n\n',
  );
  assert.equal(await write(`identity/group/id/${made.data.id}`, { name: "taken" }), "group name is already in use");
  assert.equal(await write("identity/lookup/group", {}), "query parameter not supplied");
});

async function login(host: TestHost, alias: string) {
  const role = { allowed_entity_aliases: "*", allowed_policies: "default" };
  await host.call("POST", "auth/token/roles/any", { body: role });
  const { body } = await host.call("POST", "auth/token/create/any", { body: { entity_alias: alias } });
  return body.auth;
}
