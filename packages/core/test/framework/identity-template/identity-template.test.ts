import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";
import { type Entity, type Group, isIdentityTemplate, populateIdentityTemplate } from "../../../src/index.ts";
import { createTestSystem, type SystemSettings } from "../../../src/testing/index.ts";

const entity: Entity = {
  id: "e1",
  name: "ada",
  aliases: [
    {
      ...{ name: "ada@ldap", id: "a1", mountAccessor: "ldap_1" },
      metadata: new Map([["team", "x"]]),
      customMetadata: new Map([["shift", "late"]]),
    },
  ],
  metadata: new Map([
    ["a.b", "<dotted>"],
    ["wild", "x*"],
    ["empty", ""],
  ]),
  disabled: false,
  namespaceId: "root",
};
const group: Group = { id: "g1", name: "devs", metadata: new Map([["floor", "3"]]), namespaceId: "root" };

/** Fills a template for an entity with one group. */
function fill(template: string, form: "text" | "json" = "text", settings: Partial<SystemSettings> = {}) {
  const system = createTestSystem({
    entities: new Map([["e1", entity]]),
    groupsOfEntities: new Map([["e1", [group]]]),
    ...settings,
  });
  return populateIdentityTemplate(template, { system, entityId: "e1", form });
}

describe("an identity template", () => {
  const texts = [
    ["plain", "plain"],
    ["a {{identity.entity.id}} b {{ identity.entity.name }}", "a e1 b ada"],
    ["{{identity.entity.metadata.a.b}}", "<dotted>"],
    ["{{identity.entity.metadata.empty}}|", "|"],
    ["{{identity.entity.aliases.ldap_1.name}} {{identity.entity.aliases.ldap_1.id}}", "ada@ldap a1"],
    ["{{identity.entity.aliases.ldap_1.metadata.team}}", "x"],
    ["{{identity.entity.aliases.ldap_1.custom_metadata.shift}}", "late"],
    ["{{identity.groups.ids.g1.name}} {{identity.groups.names.devs.id}}", "devs g1"],
    ["{{identity.groups.names.devs.metadata.floor}}", "3"],
  ] as const;
  for (const [template, filled] of texts)
    test(`fills ${template}`, async () => {
      assert.equal(await fill(template), filled);
    });

  const json = [
    ["{{identity.entity.name}}", '"ada"'],
    ["{{identity.entity.groups.names}} {{identity.entity.groups.ids}}", '["devs"] ["g1"]'],
    ["{{identity.entity.metadata}}", '{"a.b":"\\u003cdotted\\u003e","empty":"","wild":"x*"}'],
    ["{{identity.entity.metadata.none}} {{identity.entity.metadata.wild}}", '"" "x*"'],
    ["{{identity.entity.aliases.none.name}} {{identity.entity.aliases.none.metadata}}", '"" {}'],
    ["{{identity.groups.ids.g1.name}}", "devs"],
  ] as const;
  for (const [template, filled] of json)
    test(`fills ${template} as JSON`, async () => {
      assert.equal(await fill(template, "json"), filled);
    });

  test("tells the time in seconds", async () => {
    mock.timers.enable({ apis: ["Date"], now: 1_000_999 });
    try {
      assert.equal(
        await fill("{{time.now}} {{time.now.plus.1h}} {{time.now.minus.1.5h}} {{time.now.plus.-5}}"),
        "1000 4600 -4400 995",
      );
    } finally {
      mock.timers.reset();
    }
  });

  const missing = "no value could be found for one of the template directives";
  const refused = [
    ["{{identity.entity.name", "unbalanced templating characters"],
    ["a }} {{identity.entity.name}}", "unbalanced templating characters"],
    ["{{identity.entity.name}} }}", "unbalanced templating characters"],
    ["{{identity.entity.nothing}}", missing],
    ["{{nothing}}", missing],
    ["{{identity.entity.metadata}}", missing],
    ["{{identity.entity.metadata.none}}", missing],
    ["{{identity.entity.groups.names}}", missing],
    ["{{identity.groups.ids.g1.metadata.none}}", missing],
    ["{{identity.entity.aliases.none.name}}", "alias not found"],
    ["{{identity.entity.aliases.ldap_1}}", "invalid alias selector"],
    ["{{identity.groups.ids.g2.name}}", 'entity is not a member of group "g2"'],
    ["{{identity.groups.all.g1.name}}", "invalid groups selector"],
    ["{{identity.groups.ids.g1}}", "invalid groups accessor"],
    ["{{time.then}}", 'invalid time selector "then"'],
    ["{{time.now.plus}}", "missing time operand"],
    ["{{time.now.times.1h}}", 'invalid time operator "times"'],
    ["{{time.now.plus.soon}}", 'invalid duration: time: invalid duration "soon"'],
  ] as const;
  for (const [template, message] of refused)
    test(`is refused: ${template}`, async () => {
      await assert.rejects(fill(template), { kind: "user", message });
    });

  test("needs an entity, and groups where it speaks of them", async () => {
    const system = createTestSystem();

    await assert.rejects(populateIdentityTemplate("{{identity.entity.id}}", { system, entityId: undefined }), {
      message: "no entity found",
    });
    await assert.rejects(fill("{{identity.groups.ids.g1.name}}", "text", { groupsOfEntities: new Map() }), {
      message: "string contains groups template directives but no groups were provided",
    });
  });

  test("takes no wildcards on OpenBao", async () => {
    const openbao = { host: { kind: "openbao", version: "2.4.1" } } as const;

    assert.equal(await fill("{{identity.entity.metadata.wild}}"), "x*");
    await assert.rejects(fill("{{identity.entity.metadata.wild}}", "text", openbao), {
      message: 'template substitution contains forbidden value "*"',
    });
  });

  test("is recognised by its directives", () => {
    assert.equal(isIdentityTemplate("plain"), false);
    assert.equal(isIdentityTemplate("{{identity.entity.id}}"), true);
    assert.throws(() => isIdentityTemplate("{{"), { message: "unbalanced templating characters" });
  });
});
