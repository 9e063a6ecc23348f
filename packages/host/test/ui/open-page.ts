import assert from "node:assert/strict";
import type { Browser, Locator, Page } from "playwright-core";
import { systemClock } from "../../src/clock.ts";
import { startTestHost, type TestHost } from "../test-host.ts";
import { accountsPlugin } from "./accounts-plugin.ts";

/** The page of a server, open in a browser. */
export interface Open extends AsyncDisposable {
  readonly page: Page;
  readonly running: TestHost;
}

/** Opens the page of a server with an engine at `accounts/`; the test fails where the page complains of anything. */
export async function open(browser: Browser, options: Parameters<Browser["newContext"]>[0] = {}): Promise<Open> {
  const running = await startTestHost({ accounts: accountsPlugin }, { clock: systemClock });
  await running.mount("secret", "accounts");
  const context = await browser.newContext({ viewport: { width: 1500, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // The browser itself notes each answer that is no success.
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
  });
  await page.goto(`${running.host.address}/ui/`);
  return {
    page,
    running,
    async [Symbol.asyncDispose]() {
      await context.close();
      await running[Symbol.asyncDispose]();
      assert.deepEqual(complaints, []);
    },
  };
}

/** Signs in with the root token. */
export async function signIn({ page, running }: Open): Promise<void> {
  await page.getByLabel("Token").fill(running.host.rootToken);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Mounts", level: 1 }).waitFor();
}

/** Opens the engine at `accounts/`. */
export async function openMount(opened: Open): Promise<void> {
  await opened.page.getByRole("navigation").getByRole("link", { name: "accounts/" }).click();
  await opened.page.getByRole("heading", { name: "accounts/", level: 1 }).waitFor();
}

/** The section of a path, with one of its operations open. */
export async function openOperation({ page }: Open, path: string, verb: string): Promise<Locator> {
  const section = page.locator("section").filter({ has: page.getByRole("heading", { name: path, exact: true }) });
  await section.locator("summary").filter({ hasText: verb }).click();
  return section.locator("details[open]");
}

/** Writes a role by its form. */
export async function writeRole(opened: Open): Promise<Locator> {
  const form = await openOperation(opened, "accounts/roles/{name}", "POST Write");
  await form.getByLabel("name string, required").fill("reader");
  await form.getByLabel("access").selectOption("read");
  await form.getByLabel("labels").fill("team a\nteam b");
  await form.getByRole("button", { name: "Send" }).click();
  await form.getByText("204").waitFor();
  return form;
}
