import assert from "node:assert/strict";
import { test } from "node:test";
import { mustSucceed, type VaultServer } from "../../../scripts/start/server.ts";

/** What the notes must do in every server. */
export function notesCases(server: () => VaultServer): void {
  const client = () => server().client;
  test("keeps a note", async () => {
    await mustSucceed("write", client().write("notes/notes/launch", { text: "ask Ada" }));

    const answer = await client().read("notes/notes/launch");

    assert.equal(answer.status, 200);
    assert.deepEqual(answer.at("data"), { text: "ask Ada", pinned: false });
  });

  test("refuses to delete a pinned note", async () => {
    await mustSucceed("write", client().write("notes/notes/rules", { text: "no secrets in here", pinned: true }));

    const { status, body } = await client().delete("notes/notes/rules");

    assert.equal(status, 400);
    assert.deepEqual(body, { errors: ["rules is pinned"] });
  });

  test("refuses a note without text and names the field", async () => {
    const { status, errors } = await client().write("notes/notes/empty", {});

    assert.equal(status, 400);
    assert.match(errors.join(), /text/);
  });
}
