import assert from "node:assert/strict";
import { test } from "node:test";
import { startTestHost, type TestHost } from "../test-host.ts";

test("lends the policies of the groups that a group is in", async () => {
  await using host = await startTestHost();
  const entity = await write(host, "identity/entity", { name: "ada" });
  const inner = await write(host, "identity/group", { name: "inner", member_entity_ids: entity, policies: "p-inner" });
  const middle = await write(host, "identity/group", { name: "middle", member_group_ids: inner, policies: "p-middle" });
  const outer = await write(host, "identity/group", { name: "outer", member_group_ids: middle, policies: "p-outer" });
  const token = await tokenOf(host, entity);

  const looked = await host.call("GET", "auth/token/lookup-self", { token });
  const read = await host.call("GET", `identity/entity/id/${entity}`);
  const between = await host.call("GET", `identity/group/id/${middle}`);
  await host.call("POST", `identity/group/id/${outer}`, { body: { member_group_ids: [] } });
  const left = await host.call("GET", "auth/token/lookup-self", { token });

  assert.deepEqual(looked.body.data.identity_policies, ["p-inner", "p-middle", "p-outer"]);
  assert.deepEqual(read.body.data.direct_group_ids, [inner]);
  assert.deepEqual(read.body.data.inherited_group_ids, [middle, outer]);
  assert.deepEqual(read.body.data.group_ids, [inner, middle, outer]);
  assert.deepEqual(between.body.data.member_group_ids, [inner]);
  assert.deepEqual(between.body.data.parent_group_ids, [outer]);
  assert.deepEqual(left.body.data.identity_policies, ["p-inner", "p-middle"]);
});

test("lets no group be in itself", async () => {
  await using host = await startTestHost();
  const inner = await write(host, "identity/group", { name: "inner" });
  const outer = await write(host, "identity/group", { name: "outer", member_group_ids: inner });
  const problem = async (group: string, member: string) => {
    const answer = await host.call("POST", `identity/group/id/${group}`, { body: { member_group_ids: [member] } });
    return [answer.status, answer.body.errors[0]];
  };

  const cycle = `cyclic relationship detected for member group ID "${outer}"`;
  const self = `1 error occurred:\n\t* member group ID "${inner}" is same as the ID of the group\n\n`;
  assert.deepEqual(await problem(inner, outer), [400, cycle]);
  assert.deepEqual(await problem(inner, inner), [500, self]);
  assert.deepEqual(await problem(inner, "none"), [500, '1 error occurred:\n\t* invalid member group ID "none"\n\n']);
});

test("takes deleted entities out of their groups", async () => {
  await using host = await startTestHost();
  const entity = await write(host, "identity/entity", { name: "ada" });
  const group = await write(host, "identity/group", { name: "team", member_entity_ids: entity });

  await host.call("DELETE", `identity/entity/id/${entity}`);
  const read = await host.call("GET", `identity/group/id/${group}`);

  assert.deepEqual(read.body.data.member_entity_ids, []);
});

test("gives external groups an alias, changes it, moves it and takes it away", async () => {
  await using host = await startTestHost();
  const accessor = await tokenAccessor(host);
  const group = await write(host, "identity/group", { name: "devs", type: "external" });
  const body = { name: "Devs", mount_accessor: accessor, canonical_id: group };

  const alias = await write(host, "identity/group-alias", body);
  const again = await host.call("POST", `identity/group-alias/id/${alias}`, { body });
  const read = await host.call("GET", `identity/group-alias/id/${alias}`);
  const listed = await host.call("LIST", "identity/group-alias/id");
  const groups = await host.call("LIST", "identity/group/id");
  const find = async (lookup: object) =>
    (await host.call("POST", "identity/lookup/group", { body: lookup })).body?.data.id;
  const found = [
    await find({ alias_id: alias }),
    await find({ alias_name: "devs", alias_mount_accessor: accessor }),
    await find({ alias_name: "ops", alias_mount_accessor: accessor }),
  ];
  const made = await host.call("POST", "identity/group-alias", { body: { name: "ops", mount_accessor: accessor } });
  const { canonical_id: other } = made.body.data;
  await host.call("POST", `identity/group-alias/id/${alias}`, { body: { ...body, canonical_id: other } });
  const moved = await host.call("GET", `identity/group/id/${other}`);
  await host.call("DELETE", `identity/group-alias/id/${alias}`);
  const gone = await host.call("GET", `identity/group-alias/id/${alias}`);
  const left = await host.call("GET", `identity/group/id/${other}`);

  const mount = { mount_accessor: accessor, mount_path: "auth/token/", mount_type: "token" };
  assert.equal(again.status, 204);
  assert.equal(read.body.data.canonical_id, group);
  assert.deepEqual(listed.body.data.keys, [alias]);
  assert.deepEqual(groups.body.data.key_info[group].alias, { id: alias, ...mount, name: "Devs" });
  assert.deepEqual(found, [group, group, undefined]);
  assert.equal(moved.body.data.alias.name, "Devs");
  assert.equal(moved.body.data.type, "external");
  assert.equal(gone.status, 404);
  assert.deepEqual(left.body.data.alias, {});
});

test("refuses external groups and aliases that cannot be", async () => {
  await using host = await startTestHost();
  const accessor = await tokenAccessor(host);
  const inner = await write(host, "identity/group", { name: "inner" });
  const external = await write(host, "identity/group", { name: "external", type: "external" });
  const alias = { name: "devs", mount_accessor: accessor };
  await write(host, "identity/group-alias", { ...alias, canonical_id: external });
  const problem = async (path: string, body: object) => (await host.call("POST", path, { body })).body.errors[0];

  assert.deepEqual(
    [
      await problem("identity/group", { name: "x", type: "external", member_entity_ids: [] }),
      await problem("identity/group", { name: "x", type: "external", member_group_ids: inner }),
      await problem(`identity/group/id/${inner}`, { type: "external" }),
      await problem("identity/group-alias", {}),
      await problem("identity/group-alias", { name: "x" }),
      await problem("identity/group-alias", { name: "x", mount_accessor: "none" }),
      await problem("identity/group-alias", { ...alias, name: "x", canonical_id: "none" }),
      await problem("identity/group-alias", { ...alias, name: "x", canonical_id: inner }),
      await problem("identity/group-alias", alias),
      await problem("identity/group-alias", { ...alias, id: "none" }),
    ],
    [
      "member entities can't be set manually for external groups",
      "member groups can't be set for external groups",
      "group type cannot be changed",
      "missing alias name",
      "missing mount_accessor",
      'invalid mount accessor "none"',
      "invalid group ID given in 'canonical_id'",
      "alias can't be set on an internal group",
      "combination of mount and group alias name is already in use",
      "invalid group alias ID",
    ],
  );
});

test("fills in templates of policies anew when the entity or its groups have changed", async () => {
  await using host = await startTestHost();
  const paths = ["a/{{identity.entity.metadata.team}}", "b/{{identity.groups.names.devs.metadata.floor}}"];
  const policy = paths.map((path) => `path "${path}" { capabilities = ["read"] }`).join("\n");
  await host.call("PUT", "sys/policies/acl/templates", { body: { policy } });
  const entity = await write(host, "identity/entity", {
    name: "ada",
    policies: "templates",
    metadata: { team: "red" },
  });
  const token = await tokenOf(host, entity);
  const allowed = async (): Promise<string[]> => {
    const body = { paths: ["a/red", "a/blue", "b/2"] };
    const { data } = (await host.call("POST", "sys/capabilities-self", { token, body })).body;
    return Object.keys(data).filter((path) => data[path][0] === "read");
  };

  const first = await allowed();
  await host.call("POST", `identity/entity/id/${entity}`, { body: { metadata: { team: "blue" } } });
  const changed = await allowed();
  await write(host, "identity/group", { name: "devs", member_entity_ids: entity, metadata: { floor: "2" } });
  const grouped = await allowed();
  await host.call("PUT", "sys/policies/acl/templates", { body: { policy: 'path "c" {}' } });

  assert.deepEqual(first, ["a/red"]);
  assert.deepEqual(changed, ["a/blue"]);
  assert.deepEqual(grouped, ["a/blue", "b/2"]);
  assert.deepEqual(await allowed(), []);
});

/** Writes something new, and gives its id. */
async function write(host: TestHost, path: string, body: object): Promise<string> {
  return (await host.call("POST", path, { body })).body.data.id;
}

async function tokenAccessor(host: TestHost): Promise<string> {
  return (await host.call("GET", "sys/auth")).body.data["token/"].accessor;
}

/** Makes a token of an entity. */
async function tokenOf(host: TestHost, entity: string): Promise<string> {
  const mount = { mount_accessor: await tokenAccessor(host) };
  await host.call("POST", "identity/entity-alias", { body: { name: "me", canonical_id: entity, ...mount } });
  const role = { allowed_entity_aliases: "*", allowed_policies: "default" };
  await host.call("POST", "auth/token/roles/any", { body: role });
  const { body } = await host.call("POST", "auth/token/create/any", { body: { entity_alias: "me" } });
  return body.auth.client_token;
}
