import assert from "node:assert/strict";
import { test } from "node:test";
import { path, t } from "../../src/index.ts";
import { mounted } from "./sample.ts";

const read = () => ({ data: {} });
const config = path("config", { summary: " Set it up. ", fields: {}, read });
const role = path(/role\/(?<name>.+)/, { summary: "Line one\nline two", fields: { name: t.string() }, read });

test("root help lists the paths in the order of their patterns [S134]", async () => {
  const mount = await mounted([role, config], { help: "\nDoes things.\n" });

  assert.equal(
    await mount.help(""),
    `## DESCRIPTION

Does things.

## PATHS

The following paths are supported by this backend. To view help for
any of the paths below, use the help command with any route matching
the path pattern. Note that depending on the policy of your auth token,
you may or may not be able to access certain paths.

    ^config$
        Set it up.

    ^role/(?P<name>.+)$
        Line one
        line two`,
  );
});

test("root help wins over a path that matches the empty path [S16]", async () => {
  const all = path(":path*", { summary: "", fields: { path: t.string() }, read });

  assert.match(await (await mounted([all])).help(""), /^## DESCRIPTION/);
});

test("path help lists the fields by name [S135]", async () => {
  const roles = path("roles/:name", {
    summary: "Manage roles",
    description: "Long text.",
    fields: {
      zed: t.bool(),
      name: t.name({ description: "The name" }),
      old: t.seconds({ deprecated: true, description: "Old thing\nsecond line" }),
    },
    read,
  });

  assert.equal(
    await (await mounted([roles])).help("roles/web"),
    `Request:        roles/web
Matching Route: ^roles/(?P<name>\\w(([\\w-.]+)?\\w)?)$

Manage roles

## PARAMETERS

    name (name string)

        The name

    old (duration (sec))

        (DEPRECATED) Old thing
        second line

    zed (bool)

        <no description>

## DESCRIPTION

Long text.`,
  );
});

test("path help of a path that says nothing [S136]", async () => {
  const mount = await mounted([path("x", { summary: "", fields: {}, read })]);

  const text = "Request:        x\nMatching Route: ^x$\n\n<no synopsis>\n\n\n## DESCRIPTION\n\n<no description>";
  assert.equal(await mount.help("x"), text);
});

test("help is given whatever the values of the fields are [S18]", async () => {
  const mount = await mounted([path("x", { summary: "", fields: { n: t.int() }, read })]);

  await assert.rejects(mount.read("x", { n: "many" }), /Field validation failed/);
  assert.match(String((await mount.request("help", "x", { n: "many" }))?.data?.["help"]), /^Request: {8}x\n/);
});

test("help for an unknown path is an unsupported path", async () => {
  await assert.rejects((await mounted([config])).help("nowhere"), { kind: "unsupported-path" });
});
