import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { authMethod, entries, type Path, path, type SpecialPaths, secretsEngine, t } from "../../src/index.ts";
import { harness } from "../../src/testing/index.ts";

const read = () => ({ data: {} });
const engine = (specialPaths?: SpecialPaths) =>
  secretsEngine({ help: "", paths: [], ...(specialPaths && { specialPaths }) });

describe("special paths", () => {
  test("are derived from the paths and the stored things", () => {
    const open = { summary: "", unauthenticated: true, update: () => {} } as const;
    const closed = { summary: "", root: true, read } as const;
    const backend = authMethod({
      help: "",
      paths: [
        path("login", { ...open, fields: {} }),
        path("login/:name", { ...open, fields: { name: t.name() } }),
        path("callback/:rest+", { ...open, fields: { rest: t.string() } }),
        path("status/:name?", { ...open, fields: { name: t.name() } }),
        path("config", { ...closed, fields: {} }),
        path("roles", { summary: "", root: true, fields: {}, list: read }),
        path("keys/:name", { ...closed, fields: { name: t.name() } }),
        path(/raw/, { summary: "", fields: {}, root: ["raw*"], read }),
      ],
      stored: [entries("user/", { sealWrap: true }), entries("cache/", { local: true })],
      specialPaths: { limited: ["login"], sealWrapStorage: ["config"] },
    });

    assert.deepEqual(backend.specialPaths, {
      root: ["config", "roles", "roles/", "keys/*", "raw*"],
      unauthenticated: ["login", "login/+", "callback/*", "status", "status/+"],
      localStorage: ["cache/"],
      sealWrapStorage: ["config", "user/"],
      limited: ["login"],
    });
  });

  test("leave out an exact entry that would hide a wider one from the host", () => {
    const backend = secretsEngine({
      help: "",
      paths: [
        path("a/b", { summary: "", root: true, fields: {}, read }),
        path("a/:name", { summary: "", root: true, fields: { name: t.name() }, read }),
      ],
    });

    assert.deepEqual(backend.specialPaths?.root, ["a/*"]);
  });
});

describe("special paths are refused", () => {
  const reasons = [
    ["a*b", "'*' is only allowed at the end of a path"],
    ["a/+*", "'+*' is forbidden"],
    ["a/x+", "'+' is not allowed next to a non-slash"],
    ["**", "multiple '*' is forbidden"],
    ["+*+*", "multiple '*' is forbidden"],
    ["+*b", "'+*' is forbidden"],
  ] as const;
  for (const [entry, reason] of reasons)
    for (const name of ["unauthenticated", "binary", "limited", "allowSnapshotRead"] as const)
      test(`for ${entry} in ${name} [S160]`, () => {
        const message = `${name}: path "${entry}": invalid use of wildcards (${reason})`;

        assert.throws(() => engine({ [name]: [entry] }), { name: "DefinitionError", message });
      });

  test("where a path lists them itself", () => {
    const open = path(/x/, { summary: "", fields: {}, unauthenticated: ["x+"], read });

    assert.throws(() => secretsEngine({ help: "", paths: [open] }), /unauthenticated: path "x\+": invalid use/);
  });

  const others: readonly [SpecialPaths, string][] = [
    [{ root: ["a/+"] }, "root: path \"a/+\": invalid use of wildcards ('+' is a plain character in root)"],
    [{ root: ["a*b"] }, "root: path \"a*b\": invalid use of wildcards ('*' is only allowed at the end of a path)"],
    [{ unauthenticated: ["/login"] }, 'unauthenticated: path "/login": has a leading slash, which no path has'],
    [{ localStorage: ["/a"] }, 'localStorage: path "/a": has a leading slash, which no path has'],
    [{ writeForwardedStorage: ["a/"] }, 'writeForwardedStorage: path "a/": must contain {{clusterId}}'],
  ];
  for (const [paths, message] of others)
    test(message, () => {
      assert.throws(() => engine(paths), { name: "DefinitionError", message });
    });
});

describe("a path that another one opens is refused", () => {
  const open = { summary: "", unauthenticated: true, read } as const;
  const closed = { summary: "", read } as const;
  const refused = (paths: readonly Path[]) => () => secretsEngine({ help: "", paths });

  test("where a parameter of an open path could be its text", () => {
    const paths = [
      path("login/config", { ...closed, fields: {} }),
      path("login/:name", { ...open, fields: { name: t.name() } }),
    ];

    assert.throws(refused(paths), {
      name: "DefinitionError",
      message:
        'path "^login/config$" would be open to callers without a token, ' +
        'since hosts cannot tell it from "^login/(?P<name>\\w(([\\w-.]+)?\\w)?)$"',
    });
  });

  test("where an open path takes all that is below it", () => {
    const paths = [
      path("login/:name/reset", { ...closed, fields: { name: t.name() } }),
      path("login/:rest+", { ...open, fields: { rest: t.string() } }),
    ];

    assert.throws(refused(paths), /"\^login\/\(.*\)\/reset\$" would be open/);
  });

  test("unless it is open itself, is never reached, or lies elsewhere", () => {
    const login = path("login/:name", { ...open, fields: { name: t.name() } });

    refused([path("login/config", { ...open, fields: {} }), login])();
    refused([login, path("login/config", { ...closed, fields: {} })])();
    refused([path("login", { ...closed, fields: {} }), login, path("config", { ...closed, fields: {} })])();
  });
});

test("special paths of every set reach the host [S161]", async () => {
  const all = {
    root: ["r*"],
    unauthenticated: ["login/+/*"],
    localStorage: ["l/"],
    sealWrapStorage: ["s"],
    writeForwardedStorage: ["w/{{clusterId}}/"],
    binary: ["b"],
    limited: ["m/+"],
    allowSnapshotRead: ["a*"],
  };

  const sent = async (paths?: SpecialPaths) => (await harness(() => engine(paths))).backend.specialPaths;

  assert.deepEqual(await sent(all), all);
  assert.deepEqual(await sent({ limited: ["m"], root: [] }), { limited: ["m"] });
  assert.deepEqual(await sent(), {});
});
