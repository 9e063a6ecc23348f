import assert from "node:assert/strict";
import { test } from "node:test";
import type { FakePlugin } from "../fake-plugins.ts";
import { startTestHost } from "../test-host.ts";

const policy = 'length = 20\nrule "charset" { charset = "abc" min-chars = 3 }\nrule "charset" { charset = "0123" }';

test("writes, reads, lists and deletes password policies", async () => {
  await using host = await startTestHost();
  const none = await host.call("LIST", "sys/policies/password");
  const written = await host.call("PUT", "sys/policies/password/p", { body: { policy } });
  const packed = Buffer.from(policy).toString("base64");
  await host.call("PUT", "sys/policies/password/packed", { body: { policy: packed } });

  const read = await host.call("GET", "sys/policies/password/packed");
  const listed = await host.call("LIST", "sys/policies/password");
  const removed = await host.call("DELETE", "sys/policies/password/p");
  const gone = await host.call("GET", "sys/policies/password/p");

  assert.equal(none.status, 404);
  assert.equal(written.status, 204);
  assert.deepEqual(read.body.data, { policy });
  assert.deepEqual(listed.body.data.keys, ["p", "packed"]);
  assert.equal(removed.status, 204);
  assert.deepEqual([gone.status, gone.body.errors], [404, ["1 error occurred:\n\t* policy does not exist\n\n"]]);
});

test("makes passwords by a policy", async () => {
  await using host = await startTestHost();
  await host.call("PUT", "sys/policies/password/p", { body: { policy } });

  const { body } = await host.call("GET", "sys/policies/password/p/generate");
  const unknown = await host.call("GET", "sys/policies/password/none/generate");

  assert.match(body.data.password, /^[abc0-3]{20}$/);
  assert.ok(body.data.password.replace(/[0-3]/g, "").length >= 3);
  assert.equal(unknown.status, 404);
});

test("makes a password although nearly all of it is asked for", async () => {
  await using host = await startTestHost();
  const strict =
    'length = 40\nrule "charset" { charset = "a" min-chars = 20 }\nrule "charset" { charset = "b" min-chars = 20 }';
  await host.call("PUT", "sys/policies/password/p", { body: { policy: strict } });

  const { body } = await host.call("GET", "sys/policies/password/p/generate");

  assert.equal(body.data.password.replaceAll("b", ""), "a".repeat(20));
});

test("takes a password policy as JSON", async () => {
  await using host = await startTestHost();
  const json = JSON.stringify({ length: 8, rule: [{ charset: { charset: "ab", "min-chars": 2 } }] });

  const written = await host.call("PUT", "sys/policies/password/p", { body: { policy: json } });
  const { body } = await host.call("GET", "sys/policies/password/p/generate");

  assert.equal(written.status, 204);
  assert.match(body.data.password, /^[ab]{8}$/);
});

test("refuses password policies that cannot be", async () => {
  await using host = await startTestHost();
  const write = async (text: string) =>
    (await host.call("PUT", "sys/policies/password/p", { body: { policy: text } })).body.errors[0];
  const set = 'rule "charset" { charset = "abc" }';
  const invalid = (problem: string) =>
    `1 error occurred:\n\t* invalid password policy: 1 error occurred:\n\t* ${problem}\n\n\n\n`;

  assert.equal(
    await write(`length = 3\n${set}`),
    "1 error occurred:\n\t* passwords must be between 4 and 100 characters\n\n",
  );
  assert.equal(await write(set), invalid("length must be > 0"));
  assert.equal(await write("length = 4"), invalid("no charset specified"));
  assert.equal(
    await write('length = 4\nrule "charset" { charset = "\\n" }'),
    invalid("non-printable character in charset"),
  );
  assert.equal(
    await write('length = 4\nrule "charset" { charset = "a" min-chars = 5 }'),
    invalid("specified rules require at least 5 characters but 4 is specified"),
  );
  assert.match(await write('length = 4\nrule "odd" {}'), /unable to parse rule odd: unrecognized rule type odd/);
  assert.equal(await write(""), "1 error occurred:\n\t* missing policy\n\n");
});

test("makes passwords for plugins", async () => {
  const passwords: FakePlugin = {
    factory: () => ({
      type: "secret",
      checkExistence: async () => undefined,
      handleRequest: async ({ operation, path }, { system }) =>
        operation === "read" ? { data: { password: await system.generatePassword(path) } } : undefined,
    }),
  };
  await using host = await startTestHost({ passwords });
  await host.mount("secret", "passwords");
  await host.call("PUT", "sys/policies/password/p", { body: { policy } });

  const made = await host.call("GET", "passwords/p");
  const unknown = await host.call("GET", "passwords/none");

  assert.match(made.body.data.password, /^[abc0-3]{20}$/);
  assert.deepEqual(unknown.body.errors, ["1 error occurred:\n\t* no password policy found\n\n"]);
});
