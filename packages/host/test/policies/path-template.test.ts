import assert from "node:assert/strict";
import { test } from "node:test";
import type { HostKind } from "@vaultwright/core/launch";
import type { EntityRecord } from "../../src/identity/entity-record.ts";
import type { GroupRecord } from "../../src/identity/group-record.ts";
import { filledTemplate } from "../../src/policies/path-template.ts";

const times = { createdAtMs: 0, updatedAtMs: 0 };
const entity: EntityRecord = {
  id: "e1",
  name: "ada",
  policies: [],
  metadata: { team: "red", "a.b": "dotted", empty: "", wide: "x*" },
  isDisabled: false,
  aliases: [
    {
      id: "a1",
      name: "Ada@home",
      mountType: "people",
      mountAccessor: "auth_people_1",
      metadata: { city: "london" },
      customMetadata: { desk: "7" },
      ...times,
    },
  ],
  ...times,
};
const group: GroupRecord = {
  id: "g1",
  name: "admins",
  type: "internal",
  memberEntityIds: ["e1"],
  parentGroupIds: null,
  policies: null,
  metadata: { floor: "2" },
  modifyIndex: 1,
  ...times,
};
const now = (): Date => new Date(1_000_000);

function fill(path: string, kind: HostKind = "vault"): string | undefined {
  return filledTemplate(path, { entity, groups: [group], now }, kind);
}

test("fills in what is known of an entity, its aliases and its groups, and the time", () => {
  const values: readonly [directive: string, value: string][] = [
    ["identity.entity.id", "e1"],
    [" identity.entity.name ", "ada"],
    ["identity.entity.metadata.team", "red"],
    ["identity.entity.metadata.a.b", "dotted"],
    ["identity.entity.metadata.empty", ""],
    ["identity.entity.aliases.auth_people_1.id", "a1"],
    ["identity.entity.aliases.auth_people_1.name", "Ada@home"],
    ["identity.entity.aliases.auth_people_1.metadata.city", "london"],
    ["identity.entity.aliases.auth_people_1.custom_metadata.desk", "7"],
    ["identity.groups.ids.g1.name", "admins"],
    ["identity.groups.names.admins.id", "g1"],
    ["identity.groups.names.admins.metadata.floor", "2"],
    ["time.now", "1000"],
    ["time.now.plus.1m", "1060"],
    ["time.now.minus.10", "990"],
  ];

  assert.deepEqual(
    values.map(([directive]) => fill(`a/{{${directive}}}/b`)),
    values.map(([, value]) => `a/${value}/b`),
  );
  assert.equal(fill("{{identity.entity.id}}/{{identity.entity.name}}/*"), "e1/ada/*");
});

test("gives nothing where a directive has no value", () => {
  const directives = [
    "identity.entity.metadata",
    "identity.entity.metadata.none",
    "identity.entity.metadata.constructor",
    "identity.entity.groups.names",
    "identity.entity.aliases.other.name",
    "identity.entity.aliases.auth_people_1",
    "identity.entity.aliases.auth_people_1.metadata.none",
    "identity.groups.names.others.id",
    "identity.groups.admins.id",
    "time.then",
    "time.now.plus.soon",
    "time.now.plus",
    "nonsense",
    "",
  ];

  assert.deepEqual(
    directives.filter((directive) => fill(`a/{{${directive}}}`) !== undefined),
    [],
  );
  assert.equal(filledTemplate("{{identity.entity.id}}", { entity: undefined, groups: [], now }, "vault"), undefined);
});

test("lets OpenBao's callers bring no wildcards into a path", () => {
  const path = "a/{{identity.entity.metadata.wide}}";

  assert.deepEqual([fill(path), fill(path, "openbao")], ["a/x*", undefined]);
});
