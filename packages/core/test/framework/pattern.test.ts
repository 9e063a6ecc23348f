import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { path, t } from "../../src/index.ts";

const read = () => ({ data: {} });
const list = () => ({ data: {} });

/** The parameters that a pattern finds in a path. */
function found(made: { match(path: string): ReadonlyMap<string, string> | undefined }, text: string) {
  const captures = made.match(text);
  return captures && Object.fromEntries(captures);
}

describe("a parameter", () => {
  const named = path("roles/:name", { summary: "", fields: { name: t.name() }, read });

  test("of a name takes what the hosts' generic name takes", () => {
    for (const name of ["a", "a1", "a-b", "a.b", "_", "a..b"])
      assert.deepEqual(found(named, `roles/${name}`), { name });
    for (const name of ["-a", "a-", ".a", "a@b", "a/b", "\u00e9", "", "a\n", "a/"])
      assert.equal(found(named, `roles/${name}`), undefined, name);
  });

  test("of a name with @ takes that inside only", () => {
    const mail = path("roles/:name", { summary: "", fields: { name: t.nameWithAt() }, read });

    assert.deepEqual(found(mail, "roles/a@b"), { name: "a@b" });
    for (const name of ["@b", "a@"]) assert.equal(found(mail, `roles/${name}`), undefined);
  });

  test("of another kind takes one part of the path", () => {
    const free = path("x/:id/y", { summary: "", fields: { id: t.string() }, read });

    assert.deepEqual(found(free, "x/a b@\u00e9/y"), { id: "a b@\u00e9" });
    assert.equal(found(free, "x/a/b/y"), undefined);
  });

  test("marked with ? may be missing with its slash", () => {
    const creds = path("creds/:name?", { summary: "", fields: { name: t.name() }, read });

    assert.deepEqual(found(creds, "creds"), { name: "" });
    assert.deepEqual(found(creds, "creds/a"), { name: "a" });
    for (const wrong of ["creds/", "credsx", "creds/a/b"]) assert.equal(found(creds, wrong), undefined);
  });

  test("marked with + takes the rest, slashes too", () => {
    const rest = path("data/:path+", { summary: "", fields: { path: t.string() }, read });

    assert.deepEqual(found(rest, "data/a/b\u2028\r/"), { path: "a/b\u2028\r/" });
    for (const wrong of ["data", "data/", "data/a\nb"]) assert.equal(found(rest, wrong), undefined);
  });

  test("marked with * takes the rest, even if nothing is left", () => {
    const all = path(":path*", { summary: "", fields: { path: t.string() }, read, list });

    for (const text of ["", "a", "a/b/"]) assert.deepEqual(found(all, text), { path: text });
    assert.equal(found(all, "a\n"), undefined);
  });
});

describe("a path with a list", () => {
  test("is found with and without the trailing slash", () => {
    const keys = path("keys", { summary: "", fields: {}, list });
    const nested = path("roles/:name", { summary: "", fields: { name: t.name() }, list });

    for (const text of ["keys", "keys/"]) assert.deepEqual(found(keys, text), {});
    assert.deepEqual(found(nested, "roles/a/"), { name: "a" });
  });
});

describe("a regular expression", () => {
  test("is anchored at both ends", () => {
    const raw = path(/role\/(?<name>.+)/, { summary: "", fields: { name: t.string() }, read });

    assert.deepEqual(found(raw, "role/a/b"), { name: "a/b" });
    assert.equal(found(raw, "xrole/a"), undefined);
  });

  test("gives a group that took no part as empty", () => {
    const raw = path(/creds(\/(?<name>.+))?/, { summary: "", fields: { name: t.string() }, read });

    assert.deepEqual(found(raw, "creds"), { name: "" });
    assert.deepEqual(found(raw, "creds/a/b"), { name: "a/b" });
    assert.equal(found(raw, "creds/"), undefined);
  });

  test("is shown in the spelling of Go", () => {
    const raw = path(/^creds(\/(?<name>.+))?/, { summary: "", fields: { name: t.string() }, read });

    assert.equal(raw.pattern, "^creds(/(?P<name>.+))?$");
  });
});

describe("a definition is refused", () => {
  const fields = { name: t.name() };
  const cases = [
    ["a blank pattern", () => path("", { summary: "", fields: {}, read }), "Routing pattern cannot be blank"],
    ["a leading slash", () => path("/x", { summary: "", fields: {}, read }), 'path "/x": paths have no leading slash'],
    [
      "a trailing slash without a list",
      () => path("x/", { summary: "", fields: {}, read }),
      'path "x/": only paths with list or scan may end in a slash',
    ],
    [
      "the same parameter twice",
      () => path(":name/:name", { summary: "", fields, read }),
      'path ":name/:name": parameter "name" occurs twice',
    ],
    [
      "a mark in the middle",
      () => path(":name?/x", { summary: "", fields: fields as never, read }),
      'path ":name?/x": only the last parameter may be marked with +, * or ?',
    ],
    [
      "regular expressions in text",
      () => path("x(/y)?", { summary: "", fields: {}, read }),
      'path "x(/y)?": "x(" is neither text nor a parameter; use a RegExp',
    ],
    [
      "loose alternatives",
      () => path(/foo|bar/, { summary: "", fields: {}, read }),
      'path "/foo|bar/": put the alternatives into a group, since anchors bind closer',
    ],
    [
      "a list that the hosts' slash cannot reach",
      () => path(/foo/, { summary: "", fields: {}, list }),
      'path "/foo/": list asks for a trailing slash; end the pattern in /?',
    ],
    ["flags", () => path(/foo/i, { summary: "", fields: {}, read }), 'path "/foo/": the flag i cannot be used'],
    [
      "what only Go understands",
      () => path(/[[:alpha:]]/, { summary: "", fields: {}, read }),
      'path "/[[:alpha:]]/": Go\'s \\A, \\z, \\Q and [[:class:]] mean something else here',
    ],
  ] as const;
  for (const [what, make, message] of cases)
    test(`for ${what}`, () => {
      assert.throws(make, { name: "DefinitionError", message });
    });
});
