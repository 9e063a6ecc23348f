import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { skipped, startChromium } from "./chromium.ts";
import { type Open, open, openMount, openOperation, signIn, writeRole } from "./open-page.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = join(import.meta.dirname, "..", "..", "..", "..", "docs");

describe("the page for everybody", { skip: skipped, timeout: 300_000 }, () => {
  let browser: Browser;
  before(async () => {
    browser = await startChromium();
  });
  after(() => browser.close());

  test("can be used with the keyboard alone", async () => {
    await using opened = await open(browser);
    const { page, running } = opened;
    const focused = (): Promise<unknown> => page.evaluate("document.activeElement.textContent.trim()");

    await page.keyboard.type(running.host.rootToken);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Mounts", level: 1 }).waitFor();
    assert.equal(await focused(), "Mounts");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "accounts/");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "accounts/", level: 1 }).waitFor();
    assert.equal(await focused(), "accounts/");
    const summaries = page.locator("section.path summary");
    await summaries.filter({ hasText: "LIST List" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Send" }).waitFor();
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "Send");
    await page.keyboard.press("Enter");

    await page.locator("section.path details[open] strong").getByText("404").waitFor();
    assert.equal(await focused(), "Send");
  });

  for (const colorScheme of ["light", "dark"] as const) {
    test(`has nothing that keeps people out, in ${colorScheme}`, async () => {
      await using opened = await open(browser, { colorScheme });
      const { page, running } = opened;
      const found: Record<string, unknown> = { login: await violations(opened) };
      await signIn(opened);
      found["mounts"] = await violations(opened);
      await openMount(opened);
      await writeRole(opened);
      await running.call("GET", "accounts/creds/reader");
      await page.getByLabel("Find a path").fill("creds");
      const form = await openOperation(opened, "accounts/creds/{role}", "GET Read");
      await form.getByLabel("role").fill("reader");
      await form.getByRole("button", { name: "Send" }).click();
      await form.getByLabel("Answer").waitFor();
      await page.getByRole("region", { name: "Calls" }).getByText("handleRequest read creds/reader").first().waitFor();
      found["mount"] = await violations(opened);
      await picture(opened, `ui-mount-${colorScheme}`);
      await page.getByRole("link", { name: "Leases" }).click();
      await page.getByRole("row", { name: "accounts/creds/reader" }).first().waitFor();
      found["leases"] = await violations(opened);
      if (colorScheme === "light") await picture(opened, "ui-leases");

      assert.deepEqual(found, { login: [], mounts: [], mount: [], leases: [] });
    });
  }

  test("fits a narrow screen", async () => {
    await using opened = await open(browser, { viewport: { width: 360, height: 740 } });
    const { page } = opened;
    await signIn(opened);
    await openMount(opened);
    await openOperation(opened, "accounts/roles/{name}", "POST Write");

    const isWider = await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");

    assert.equal(isWider, false);
  });
});

async function violations({ page }: Open): Promise<unknown> {
  await page.evaluate(axe);
  return page.evaluate(
    "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)]))",
  );
}

async function picture({ page }: Open, name: string): Promise<void> {
  if (process.env["UPDATE_PICTURES"] !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`) });
}
