import assert from "node:assert/strict";
import { test } from "node:test";
import { mustSucceed, type VaultServer } from "../../../scripts/start/server.ts";

/** What the flags must do in every server, also in one without events. */
export function flagsCases(server: () => VaultServer): void {
  const client = () => server().client;
  test("turns a flag on, and forgets it", async () => {
    await mustSucceed("write", client().write("flags/flags/dark-mode", { enabled: true }));

    const answer = await client().read("flags/flags/dark-mode");

    assert.deepEqual(answer.at("data"), { enabled: true });
    assert.equal((await client().delete("flags/flags/dark-mode")).status, 204);
    assert.equal((await client().read("flags/flags/dark-mode")).status, 404);
  });
}
