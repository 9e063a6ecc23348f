import assert from "node:assert/strict";
import { test } from "node:test";
import type { Data, Operation } from "@vaultwright/core/launch";
import { createAcl } from "../../src/policies/acl.ts";
import { parsePolicy } from "../../src/policies/policy.ts";

const aclOf = (...documents: readonly string[]) =>
  createAcl(documents.flatMap((document) => parsePolicy(document, "vault")));
const rule = (path: string, ...capabilities: readonly string[]): string =>
  `path ${JSON.stringify(path)} { capabilities = ${JSON.stringify(capabilities)} }`;
const may = (acl: ReturnType<typeof aclOf>, operation: Operation, path: string, data?: Data): boolean =>
  acl.isAllowed({ operation, path, data });

test("allows what a capability is for, and nothing else", () => {
  const acl = aclOf(rule("a", "read"));

  assert.equal(may(acl, "read", "a"), true);
  for (const operation of ["update", "create", "patch", "delete", "list"] as const)
    assert.equal(may(acl, operation, "a"), false);
  assert.equal(may(acl, "read", "a/b"), false);
  assert.equal(may(acl, "help", "anything"), true);
});

test("prefers an exact path to a prefix, and a longer prefix to a shorter one", () => {
  const acl = aclOf(rule("a/*", "read"), rule("a/b", "update"), rule("a/bc*", "delete"));

  assert.deepEqual(acl.capabilitiesOf("a/x"), ["read"]);
  assert.deepEqual(acl.capabilitiesOf("a/b"), ["update"]);
  assert.deepEqual(acl.capabilitiesOf("a/bcd"), ["delete"]);
});

test("prefers a later first wildcard, then no glob, then fewer wildcards, then the longer path", () => {
  const acl = aclOf(
    rule("s/*", "read"),
    rule("s/+/team", "update"),
    rule("s/+/+", "delete"),
    rule("s/x/+", "create"),
    rule("s/+/tea*", "list"),
  );

  assert.deepEqual(acl.capabilitiesOf("s/y/team"), ["update"]);
  assert.deepEqual(acl.capabilitiesOf("s/y/teal"), ["delete"]);
  assert.deepEqual(acl.capabilitiesOf("s/x/team"), ["create"]);
  assert.deepEqual(acl.capabilitiesOf("s/y/teal/more"), ["read"]);
  assert.deepEqual(acl.capabilitiesOf("s/y"), ["read"]);
});

test("takes a plus for one whole segment only", () => {
  const acl = aclOf(rule("a/+/c", "read"));

  assert.equal(may(acl, "read", "a/b/c"), true);
  assert.equal(may(acl, "read", "a/b/b/c"), false);
  assert.equal(may(acl, "read", "a/c"), false);
});

test("adds up what policies say of the same path, and lets a denial win", () => {
  const acl = aclOf(rule("a", "read"), rule("a", "update"), rule("b", "read"), rule("b", "deny"));

  assert.deepEqual(acl.capabilitiesOf("a"), ["read", "update"]);
  assert.deepEqual(acl.capabilitiesOf("b"), ["deny"]);
  assert.equal(may(acl, "read", "b"), false);
});

test("denies below a denied prefix although a shorter prefix allows", () => {
  const acl = aclOf(rule("a/*", "read"), rule("a/secret/*", "deny"));

  assert.equal(may(acl, "read", "a/b"), true);
  assert.equal(may(acl, "read", "a/secret/b"), false);
});

test("lets a list use the rule of the path without its slash", () => {
  const acl = aclOf(rule("a", "list"), rule("b/*", "list"));

  assert.equal(may(acl, "list", "a/"), true);
  assert.equal(may(acl, "list", "b/"), true);
});

test("wants all required parameters", () => {
  const acl = aclOf('path "a" { capabilities = ["update"] required_parameters = ["x"] }');

  assert.equal(may(acl, "update", "a", { x: 1 }), true);
  assert.equal(may(acl, "update", "a", { y: 1 }), false);
  assert.equal(may(acl, "update", "a"), false);
});

test("allows only allowed parameters, with their values", () => {
  const acl = aclOf(`path "a" {
    capabilities = ["update"]
    allowed_parameters = { "any" = [], "some" = ["one", "two*"], "number" = [1] }
  }`);

  assert.equal(may(acl, "update", "a", { any: "x", some: "one" }), true);
  assert.equal(may(acl, "update", "a", { some: "two more" }), true);
  assert.equal(may(acl, "update", "a", { some: "three" }), false);
  assert.equal(may(acl, "update", "a", { number: 1 }), true);
  assert.equal(may(acl, "update", "a", { other: "x" }), false);
  assert.equal(may(acl, "update", "a", { ANY: "x" }), true);
});

test("allows other parameters with a star, but checks the values of the named ones", () => {
  const acl = aclOf('path "a" { capabilities = ["update"] allowed_parameters = { "*" = [], "x" = ["1"] } }');

  assert.equal(may(acl, "update", "a", { y: "2" }), true);
  assert.equal(may(acl, "update", "a", { x: "2" }), false);
});

test("refuses denied parameters and values", () => {
  const acl = aclOf('path "a" { capabilities = ["update"] denied_parameters = { "x" = [], "y" = ["bad"] } }');

  assert.equal(may(acl, "update", "a", { x: "1" }), false);
  assert.equal(may(acl, "update", "a", { y: "bad" }), false);
  assert.equal(may(acl, "update", "a", { y: ["good", "bad"] }), false);
  assert.equal(may(acl, "update", "a", { y: "good" }), true);
});

test("wants wrapping within its bounds", () => {
  const acl = aclOf('path "a" { capabilities = ["read"] min_wrapping_ttl = "10s" max_wrapping_ttl = 60 }');

  assert.equal(acl.isAllowed({ operation: "read", path: "a", wrapTtl: 30 }), true);
  assert.equal(acl.isAllowed({ operation: "read", path: "a", wrapTtl: 5 }), false);
  assert.equal(acl.isAllowed({ operation: "read", path: "a", wrapTtl: 61 }), false);
  assert.equal(acl.isAllowed({ operation: "read", path: "a" }), false);
});

test("knows whether anything below a mount may be reached", () => {
  const acl = aclOf(rule("kv/data/a", "read"), rule("x/*", "deny"), rule("y/+/b", "read"), rule("au*", "read"));
  const mounts = ["kv/", "kv/data/", "k/", "x/", "y/deep/", "y/deep/c/", "auth/token/"];

  assert.deepEqual(
    mounts.filter((mount) => acl.reaches(mount)),
    ["kv/", "kv/data/", "y/deep/", "auth/token/"],
  );
});

test("understands the words of old policies", () => {
  const acl = aclOf('path "a" { policy = "write" }');

  assert.deepEqual(acl.capabilitiesOf("a"), ["create", "delete", "list", "read", "update"]);
});

test("refuses documents that mean nothing", () => {
  const refused: readonly [document: string, problem: RegExp][] = [
    ['path "a" { capabilities = ["fly"] }', /path "a": invalid capability "fly"/],
    ['path "a" { powers = ["read"] }', /path "a": invalid key "powers"/],
    ['road "a" {}', /invalid key "road"/],
    ['path "a/+*" {}', /invalid use of wildcards \('\+\*' is forbidden\)/],
    ['path "a" { policy = "fly" }', /path "a": invalid policy "fly"/],
    ['path "secret/{{identity.entity.id" {}', /unbalanced templating characters/],
    ['path "secret/identity.entity.id}}" {}', /unbalanced templating characters/],
    ['path "secret/{{a}}}}" {}', /unbalanced templating characters/],
    ['path "a" { control_group = {} }', /control_group is not supported by this server/],
  ];

  for (const [document, problem] of refused) assert.throws(() => parsePolicy(document, "vault"), problem);
});
