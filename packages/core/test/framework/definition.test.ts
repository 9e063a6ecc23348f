import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { entries, path, secret, secretsEngine, t } from "../../src/index.ts";

const read = () => ({ data: {} });
const revoke = () => {};

describe("a definition is refused, with path and field,", () => {
  const cases = [
    [
      "when a default does not fit its field",
      // JavaScript callers are not held to the types.
      () => path("x", { summary: "", fields: { size: t.int({ default: "many" as never }) }, read }),
      'path "x", field "size": the default cannot be used: cannot parse value as an integer',
    ],
    [
      "when a default is a negative duration",
      () => path("x", { summary: "", fields: { period: t.seconds({ default: -5 }) }, read }),
      'path "x", field "period": the default cannot be used: cannot provide negative value \'-5\'',
    ],
    [
      "when there is nothing to choose from",
      () => path("x", { summary: "", fields: { kind: t.oneOf([]) }, read }),
      'path "x", field "kind": there is no value to choose from',
    ],
    [
      "when an allowed value could never be given",
      () => path("x", { summary: "", fields: { kind: t.lowerCaseString({ allowedValues: ["A"] }) }, read }),
      'path "x", field "kind": the allowed value A cannot be used: must be one of A',
    ],
    [
      "when a default is not allowed",
      () => path("x", { summary: "", fields: { size: t.int({ allowedValues: [1, 2], default: 3 }) }, read }),
      'path "x", field "size": the default cannot be used: must be one of 1, 2',
    ],
    [
      "when no value is allowed",
      () => path("x", { summary: "", fields: { tags: t.strings({ allowedValues: [] }) }, read }),
      'path "x", field "tags": there is no value to choose from',
    ],
    [
      "when hosts would take a query for their own",
      () => path("x", { summary: "", fields: { list: t.bool() }, read }),
      'path "x", field "list": hosts keep this name of a query to themselves',
    ],
    [
      "when hosts would take a part of a query for their own beside a body",
      () => path("x", { summary: "", fields: { help: t.bool({ query: true }) }, read, update: read }),
      'path "x", field "help": hosts keep this name of a query to themselves',
    ],
    [
      "when a field is of a kind that does not exist",
      () => path("x", { summary: "", fields: { size: { kind: "integer" } as never }, read }),
      'path "x", field "size": is no field; make one with t',
    ],
    [
      "when a list cannot be reached with the slash of hosts",
      () => path("x(?P<name>y)", { summary: "", fields: { name: t.name() }, list: read }),
      'path "x(?P<name>y)": list asks for a trailing slash; end the pattern in /?',
    ],
    [
      "when a missing parameter could have no value",
      () => path("x/:kind?", { summary: "", fields: { kind: t.oneOf(["a"]) }, read }),
      'path "x/:kind?", field "kind": a parameter that may be missing needs a default: must be one of a',
    ],
    [
      "when a parameter has no field",
      () => path("x/:name", { summary: "", fields: {} as never, read }),
      'path "x/:name": parameter "name" has no field',
    ],
    [
      "when a parameter is named like something that every object has",
      () => path("x/:toString", { summary: "", fields: {} as never, read }),
      'path "x/:toString": parameter "toString" has no field',
    ],
    ["when there are no fields", () => path("x", { summary: "", read } as never), 'path "x": fields is missing'],
    [
      "when a field is none",
      () => path("x", { summary: "", fields: { name: "string" as never }, read }),
      'path "x", field "name": is no field; make one with t',
    ],
    [
      "when an operation cannot be called",
      () => path("x", { summary: "", fields: {}, read: { summary: "" } as never }),
      'path "x": read has no handler',
    ],
    ["when a path does nothing", () => path("x", { summary: "", fields: {} }), 'path "x" has no operation'],
    [
      "when write has no exists",
      () => path("x", { summary: "", fields: {}, write: read } as never),
      'path "x": write needs exists; use update to do without',
    ],
    [
      "when root has a parameter in the middle",
      () => path("x/:name/y", { summary: "", fields: { name: t.name() }, root: true, read }),
      'path "^x/(?P<name>\\w(([\\w-.]+)?\\w)?)/y$": root needs a list of paths, since a parameter is in the middle',
    ],
    [
      "when an open path is a regular expression",
      () => path(/x/, { summary: "", fields: {}, unauthenticated: true, read }),
      'path "^x$": unauthenticated needs a list of paths beside a regular expression',
    ],
    [
      "when a path is there twice",
      () => {
        const one = path("x", { summary: "", fields: {}, read });
        return secretsEngine({ help: "", paths: [one, one] });
      },
      'path "^x$" is defined twice, so the second would never be reached',
    ],
    [
      "when a secret cannot be revoked",
      () => secret("account", { internal: {} } as never),
      'secret "account": revoke is missing',
    ],
    [
      "when internal data has a bad default",
      () => secret("account", { internal: { ttl: t.seconds({ default: "soon" }) }, revoke }),
      'secret "account", field "ttl": the default cannot be used: time: invalid duration "soon"',
    ],
    [
      "when two secrets share a name",
      () => {
        const account = secret("account", { internal: {}, revoke });
        return secretsEngine({ help: "", paths: [], secrets: [account, account] });
      },
      "two secrets have the same name",
    ],
    ["when a prefix has no end", () => entries("user"), 'entries "user": the prefix must end in /'],
  ] as const;
  for (const [what, make, message] of cases)
    test(what, () => {
      assert.throws(make, { name: "DefinitionError", message });
    });
});
