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

  test("of a name takes what the hosts' generic name takes [S8]", () => {
    for (const name of ["a", "a1", "a-b", "a.b", "_", "a..b"])
      assert.deepEqual(found(named, `roles/${name}`), { name });
    for (const name of ["-a", "a-", ".a", "a@b", "a/b", "\u00e9", "", "a\n", "a/"])
      assert.equal(found(named, `roles/${name}`), undefined, name);
  });

  test("of a name with @ takes that inside only [S9]", () => {
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

  test("marked with * takes the rest, even if nothing is left [S10]", () => {
    const all = path(":path*", { summary: "", fields: { path: t.string() }, read, list });

    for (const text of ["", "a", "a/b/", "\u2028", "\r"]) assert.deepEqual(found(all, text), { path: text });
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
  test("is anchored at both ends [S1]", () => {
    const plain = path(/foo/, { summary: "", fields: {}, read });
    const raw = path(/role\/(?<name>.+)/, { summary: "", fields: { name: t.string() }, read });

    assert.equal(plain.pattern, "^foo$");
    assert.deepEqual(found(plain, "foo"), {});
    for (const wrong of ["foobar", "xfoo"]) assert.equal(found(plain, wrong), undefined);
    assert.deepEqual(found(raw, "role/a/b"), { name: "a/b" });
    assert.equal(found(raw, "xrole/a"), undefined);
  });

  test("may be a text in the spelling of Go [S7]", () => {
    const go = path("creds(/(?P<name>.+))?", { summary: "", fields: { name: t.string() }, read });

    assert.equal(go.pattern, "^creds(/(?P<name>.+))?$");
    assert.deepEqual(found(go, "creds/a/b"), { name: "a/b" });
    assert.equal(found(go, "creds/"), undefined);
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

  test("that ends in an escaped dollar is anchored all the same", () => {
    const raw = path(/price\$/, { summary: "", fields: {}, read });

    assert.equal(raw.pattern, "^price\\$$");
    assert.equal(found(raw, "price$s"), undefined);
  });

  test("takes with a dot and with white space what Go takes", () => {
    const dots = path(/x(?<any>.+)/, { summary: "", fields: { any: t.string() }, read });
    const space = path(/x(?<any>\s+)/, { summary: "", fields: { any: t.string() }, read });
    const member = path(/x(?<any>[\sa]+)/, { summary: "", fields: { any: t.string() }, read });
    const others = path(/x(?<any>[\S]\S)/, { summary: "", fields: { any: t.string() }, read });

    assert.deepEqual(found(dots, "x\r\u2028"), { any: "\r\u2028" });
    assert.equal(found(dots, "x\n"), undefined);
    for (const narrow of [space, member]) {
      assert.deepEqual(found(narrow, "x \t\n"), { any: " \t\n" });
      assert.equal(found(narrow, "x\u00a0"), undefined);
    }
    assert.deepEqual(found(others, "x\u00a0\v"), { any: "\u00a0\v" });
    assert.equal(found(others, "x a"), undefined);
  });

  test("keeps what both languages read alike", () => {
    const uuid = path(/(?:id|uuid)\/(?<id>[\da-f]{8}(?:-[^\W_]{4}){3}-\w{12}?\b)@\x41/, {
      summary: "",
      fields: { id: t.string() },
      read,
    });

    const id = "01234567-abcd-abcd-abcd-0123456789ab";
    assert.deepEqual(found(uuid, `uuid/${id}@A`), { id });
  });
});

describe("a regular expression whose time could grow beyond the square of a path's length", () => {
  const exponential = [
    "(a+)+",
    "(a*)*",
    "(a|a)*",
    "(?:[a-z]|\\w)*x",
    "(\\w+\\s?)*",
    "(.*,){3}x",
    "(a|ab|b)*",
    "(a?){30}",
    "(a{1,2}){30}",
    "((a?b?)+)+",
    "a*a*a*",
    ".*x.*y.*",
  ];
  for (const source of exponential)
    test(`is refused: ${source}`, () => {
      assert.throws(() => path(new RegExp(source), { summary: "", fields: {}, read }), {
        name: "DefinitionError",
        message: `path "/${source}/": repetitions can share a path in so many ways that it could keep the plugin busy for ever`,
      });
    });

  const harmless = [
    "a*x*a*",
    "[^/]+/x/[^/]+/y/.*",
    "[^/]+(/[^/]+)*",
    "(?:a|b)*",
    "\\w(([\\w-.]+)?\\w)?",
    "(?:[a-f]\\d*)+",
    "(,?a)*",
    ".*/x/.*",
    "(ab|ac)*",
    "\\d{1,3}(\\.\\d{1,3}){3}",
    "(a|b){30}",
  ];
  for (const source of harmless)
    test(`is told from a harmless one: ${source}`, () => {
      assert.ok(path(new RegExp(source), { summary: "", fields: {}, read }));
    });
});

test("a blank pattern is refused [S3]", () => {
  for (const blank of ["", /(?:)/])
    assert.throws(() => path(blank, { summary: "", fields: {}, read }), { message: "Routing pattern cannot be blank" });
});

describe("a definition is refused", () => {
  const fields = { name: t.name() };
  const cases = [
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
      "the same group twice",
      () => path("(?P<name>a)/(?P<name>b)", { summary: "", fields, read }),
      'path "(?P<name>a)/(?P<name>b)": parameter "name" occurs twice',
    ],
    [
      "a parameter that could have several values",
      () => path("(/(?P<name>[^/]+))*", { summary: "", fields, read }),
      'path "(/(?P<name>[^/]+))*": parameter "name" is in a repetition, so that which of its values counts is not certain',
    ],
    [
      "a repetition of what would rather be empty",
      () => path("x(?P<name>a??)?", { summary: "", fields, read }),
      'path "x(?P<name>a??)?": a repetition holds what may be empty, which Go and JavaScript read differently',
    ],
    [
      "a group without a field",
      () => path("x/(?P<nme>.+)", { summary: "", fields: fields as never, read }),
      'path "x/(?P<nme>.+)": parameter "nme" has no field',
    ],
    [
      "an expression that does not compile",
      () => path("x(?P<name>.+", { summary: "", fields, read }),
      'path "x(?P<name>.+": Invalid regular expression: /^(?=[^]{0,8192}$)x(?<name>[^\\n]+$/: Unterminated group',
    ],
  ] as const;
  for (const [what, make, message] of cases)
    test(`for ${what}`, () => {
      assert.throws(make, { name: "DefinitionError", message });
    });
});

test("a path of more than 8192 characters is not looked at by a regular expression", () => {
  const raw = path(/x(?<name>.*)/, { summary: "", fields: { name: t.string() }, read });
  const all = path("x/:name+", { summary: "", fields: { name: t.string() }, read });

  assert.ok(found(raw, "x".repeat(8192)));
  assert.equal(found(raw, "x".repeat(8193)), undefined);
  assert.ok(found(all, `x/${"y".repeat(100_000)}`));
});

describe("a regular expression is refused", () => {
  const readDifferently = [
    ...["\\A", "\\z", "\\Q", "\\E", "\\a", "\\pL", "\\p{Greek}", "\\x{10ffff}", "\\01"],
    ...["[[:alpha:]", "[]a]", "[^]a]", "[\\pL]", "(?i)", "(?i:", "(?s)", "(?U)"],
  ];
  const unknown = [
    "(?=",
    "(?!",
    "(?<=",
    "(?<!",
    "\\1",
    "\\k<name>",
    "\\Z",
    "\\u0041",
    "\\cA",
    "\\e",
    "x{1001}",
    "[\\b]",
  ];
  const refused = [
    ...readDifferently.map((construct) => [construct, "Go and JavaScript read it differently"]),
    ...unknown.map((construct) => [construct, "Go's regular expressions do not have it"]),
    ["(?P<1a>", "that is no name of a group"],
  ] as const;
  for (const [construct = "", why] of refused)
    test(`for ${construct}`, () => {
      const pattern = `(?P<name>.+)${construct}${construct.startsWith("(") ? "x)" : ""}`;

      assert.throws(
        () => path(pattern, { summary: "", fields: { name: t.string() } as never, read }),
        (error: Error) =>
          error.name === "DefinitionError" &&
          error.message.startsWith(`path "${pattern}": "`) &&
          error.message.endsWith(`" cannot be used: ${why}`),
      );
    });
});
