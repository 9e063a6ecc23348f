import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expandPattern } from "../../../src/framework/openapi/expand-pattern.ts";
import { DefinitionError, path } from "../../../src/index.ts";

const cases: readonly (readonly [pattern: string, paths: readonly string[] | undefined])[] = [
  ["^foo$", ["foo"]],
  ["^roles/?$", ["roles"]],
  ["^roles/$", ["roles/"]],
  ["^role/(?P<name>\\w(([\\w-.]+)?\\w)?)$", ["role/{name}"]],
  ["^creds(/(?P<name>.+))?$", ["creds", "creds/{name}"]],
  ["^(?P<path>.*)$", ["{path}"]],
  ["^.*$", undefined],
  ["^a+$", undefined],
  ["^a{2}$", undefined],
  ["^\\d+$", undefined],
  ["^foo.bar$", undefined],
  ["^config/(root|lease)$", ["config/root", "config/lease"]],
  // Go gives nothing for these, because its parser makes a class of characters of them.
  ["^config/(a|b)$", ["config/a", "config/b"]],
  ["^x(/a|/b)$", ["x/a", "x/b"]],
  [
    "^crl(/pem|/der|/delta(/pem|/der)?)?$",
    ["crl", "crl/pem", "crl/der", "crl/delta", "crl/delta/pem", "crl/delta/der"],
  ],
  ["^role/(?P<name>\\w+)(/(?P<sub>.+))?$", ["role/{name}", "role/{name}/{sub}"]],
  ["^foo(?:bar)?$", ["foo", "foobar"]],
  ["^foo(|bar)$", ["foo", "foobar"]],
  ["^(foo|foobar)$", ["foo", "foobar"]],
  ["^foo|bar$", ["foo", "bar"]],
  ["^(a(?P<x>\\w+)|b(?P<y>\\w+))$", ["a{x}", "b{y}"]],
  ["^foo\\.bar$", ["foo.bar"]],
  ["^foo[.]bar$", ["foo.bar"]],
  ["^foo\\-bar$", ["foo-bar"]],
  ["^foo/?bar$", ["foobar", "foo/bar"]],
  ["^foo(/)?$", ["foo", "foo/"]],
  ["^foo(/|/bar)$", ["foo/", "foo/bar"]],
  ["^(login|renew)/?$", ["login", "renew"]],
  ["^/?$", []],
  ["^tidy(-status|-cancel)?$", ["tidy", "tidy-status", "tidy-cancel"]],
];

describe("the paths of a pattern", () => {
  for (const [pattern, paths] of cases)
    test(`${pattern} [S138]`, () => {
      assert.deepEqual(expandPattern(pattern)?.paths, paths);
    });

  test("keep a group without a slash apart from the slash alone", () => {
    assert.deepEqual(expandPattern("^foo(?:/)?$")?.paths, ["foo"]);
    assert.deepEqual(expandPattern("^foo/??$")?.paths, ["foo"]);
    assert.deepEqual(expandPattern("^foo(?:(?:/)?)?$")?.paths, ["foo"]);
  });

  test("are never of a pattern that ignores case, since no such path can be made [S138]", () => {
    assert.throws(() => path("(?i)foo" as string, { summary: "", fields: {}, read: () => undefined }), DefinitionError);
    assert.throws(() => path(/foo/i, { summary: "", fields: {}, read: () => undefined }), DefinitionError);
  });

  test("take letters for what they are, and classes of one letter too", () => {
    assert.deepEqual(expandPattern("^\\b[x][\\]]\\{a\\_é𝒳$")?.paths, ["x]{a_é𝒳"]);
  });

  test("are none for a class of characters", () => {
    for (const pattern of ["^[^a]$", "^[ab]$", "^[\\d]$", "^\\x41$"])
      assert.equal(expandPattern(pattern), undefined, pattern);
  });

  test("come with the names of all parameters, but for those within another", () => {
    const { parameters } = expandPattern("^(?P<a>x(?P<b>y))(/(?P<c>.+))?$") ?? {};

    assert.deepEqual(parameters, new Set(["a", "c"]));
  });
});
