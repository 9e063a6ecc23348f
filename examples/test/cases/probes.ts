import assert from "node:assert/strict";
import { test } from "node:test";
import { mustSucceed, type VaultServer } from "../../../scripts/start/server.ts";

const url = "https://example.com/health";

/** What the probes must do in every server. */
export function probesCases(server: () => VaultServer): void {
  const client = () => server().client;

  test("keeps what is asked, as a command line writes it", async () => {
    const probe = { url, interval: "90s", expected: "200,301", labels: "team=ops" };
    await mustSucceed("write", client().write("probes/probes/web", probe));

    const { at } = await mustSucceed("read", client().read("probes/probes/web"));

    const shown = ["method", "interval", "expected", "labels"].map((name) => at("data", name));
    assert.deepEqual(shown, ["GET", 90, [200, 301], { team: "ops" }]);
  });

  test("refuses a value that a field does not take, and names the field", async () => {
    const { status, errors } = await client().write("probes/probes/web", { url, zones: "mars" });

    assert.equal(status, 400);
    assert.match(errors.join(), /input for field "zones": must be one of asia, eu, us/);
  });

  test("deletes a probe with its results", async () => {
    await mustSucceed("write", client().write("probes/probes/shop", { url }));
    await mustSucceed("keep", client().write("probes/results/shop", { status: 200, at: "2026-01-01T00:00:00Z" }));
    const result = await client().read("probes/results/shop/2026-01-01T00:00:00Z");

    await mustSucceed("delete", client().delete("probes/probes/shop"));

    assert.deepEqual(result.at("data"), { status: 200, seconds: 0 });
    assert.equal((await client().read("probes/results/shop/2026-01-01T00:00:00Z")).status, 404);
    assert.equal((await client().list("probes/results/shop")).status, 404);
  });
}
