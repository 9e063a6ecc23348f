import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { path, t } from "../../src/index.ts";
import { mounted } from "./sample.ts";

const seen = ({ fields }: { readonly fields: object }) => ({ data: { fields } });
const creds = path("creds(/(?P<name>.+))?", { summary: "", fields: { name: t.string() }, read: seen, update: seen });

describe("a request", () => {
  test("for a path that no pattern matches is refused [S1, S7, S12]", async () => {
    const foo = path(/foo/, { summary: "", fields: {}, read: seen });
    const mount = await mounted([foo, creds]);

    assert.ok(await mount.read("foo"));
    for (const wrong of ["foobar", "xfoo", "creds/"])
      await assert.rejects(mount.read(wrong), { kind: "unsupported-path", message: "unsupported path" });
  });

  test("is answered by the first path that matches, even one without the operation [S4, S13]", async () => {
    const first = path("x/:any", { summary: "", fields: { any: t.string() }, read: () => ({ data: { by: "first" } }) });
    const second = path("x/a", { summary: "", fields: {}, read: seen, delete: () => {} });
    const mount = await mounted([first, second]);

    assert.deepEqual((await mount.read("x/a"))?.data, { by: "first" });
    await assert.rejects(mount.delete("x/a"), { kind: "unsupported-operation", message: "unsupported operation" });
  });

  test("that leaves out a group gives its field as empty, which no body replaces [S5, S6]", async () => {
    const mount = await mounted([creds]);

    const response = await mount.write("creds", { name: "x" });

    assert.deepEqual(response?.data, { fields: { name: "" } });
    assert.deepEqual(response?.warnings, [
      "Endpoint replaced the value of these parameters with the values captured from the endpoint's path: [name]",
    ]);
  });
});
