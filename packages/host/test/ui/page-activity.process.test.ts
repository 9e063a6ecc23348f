import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { skipped, startChromium } from "./chromium.ts";
import { open, signIn } from "./open-page.ts";

describe("what the page shows while it is open", { skip: skipped, timeout: 300_000 }, () => {
  let browser: Browser;
  before(async () => {
    browser = await startChromium();
  });
  after(() => browser.close());

  test("shows leases with the time that is left, renews and revokes them", async () => {
    await using opened = await open(browser);
    const { page, running } = opened;
    await running.call("POST", "accounts/roles/reader", { body: { access: "read" } });
    const { body } = await running.call("GET", "accounts/creds/reader");
    await signIn(opened);

    await page.getByRole("link", { name: "Leases" }).click();
    const row = page.getByRole("row", { name: body.lease_id });
    assert.match(await row.innerText(), /secret\s+(10m|9m 5\ds)/);
    await page.getByRole("button", { name: `Renew ${body.lease_id}` }).click();
    await page.getByRole("status").getByText(`Renewed ${body.lease_id}.`).waitFor({ state: "attached" });
    await page.getByRole("button", { name: `Revoke ${body.lease_id}` }).click();

    await page.getByText("No leases.").waitFor();
    assert.equal((await running.call("LIST", "sys/leases/lookup/accounts/creds/reader")).status, 404);
    assert.equal(await page.evaluate("document.activeElement.textContent"), "Leases");
  });

  test("shows calls and log lines as they come, those of a mount where one is chosen", async () => {
    await using opened = await open(browser);
    const { page, running } = opened;
    await signIn(opened);
    const [calls, log] = [page.getByRole("region", { name: "Calls" }), page.getByRole("log", { name: "Log" })];

    await running.call("POST", "accounts/roles/reader", { body: { access: "read" } });

    await calls.getByText("handleRequest update roles/reader").waitFor();
    await calls.getByText(/storage\.put role\/reader \d+ B/).waitFor();
    await log.getByText("accounts/ role written role=reader").waitFor();
    await log.getByText(/POST accounts\/roles\/reader 204 in [\d.]+ ms/).waitFor();
    const order = await calls.locator("tbody tr:visible").allInnerTexts();
    const at = (part: string): number => order.findIndex((row) => row.includes(part));
    assert.ok(at("handleRequest update roles/reader") < at("storage.put role/reader"));
    await page.getByLabel("Show").selectOption("accounts/");
    assert.equal(await log.getByText("sys/mounts").first().isVisible(), false);
    assert.equal(await log.getByText("role written").isVisible(), true);
  });
});
