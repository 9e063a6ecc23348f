import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Browser, Locator, Page } from "playwright-core";
import { systemClock } from "../../src/clock.ts";
import { startTestHost, type TestHost } from "../test-host.ts";
import { accountsPlugin } from "./accounts-plugin.ts";
import { skipped, startChromium } from "./chromium.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = join(import.meta.dirname, "..", "..", "..", "..", "docs");

describe("the page in Chromium", { skip: skipped, timeout: 300_000 }, () => {
  let browser: Browser;
  before(async () => {
    browser = await startChromium();
  });
  after(() => browser.close());

  interface Open extends AsyncDisposable {
    readonly page: Page;
    readonly running: TestHost;
  }

  /** Opens the page of a server with an engine at `accounts/`; the test fails where the page complains of anything. */
  async function open(options: Parameters<Browser["newContext"]>[0] = {}): Promise<Open> {
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

  async function signIn({ page, running }: Open): Promise<void> {
    await page.getByLabel("Token").fill(running.host.rootToken);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Mounts", level: 1 }).waitFor();
  }

  async function openMount(opened: Open): Promise<void> {
    await opened.page.getByRole("navigation").getByRole("link", { name: "accounts/" }).click();
    await opened.page.getByRole("heading", { name: "accounts/", level: 1 }).waitFor();
  }

  /** The section of a path, with one of its operations open. */
  async function openOperation({ page }: Open, path: string, verb: string): Promise<Locator> {
    const section = page.locator("section").filter({ has: page.getByRole("heading", { name: path, exact: true }) });
    await section.locator("summary").filter({ hasText: verb }).click();
    return section.locator("details[open]");
  }

  async function writeRole(opened: Open): Promise<Locator> {
    const form = await openOperation(opened, "accounts/roles/{name}", "POST Write");
    await form.getByLabel("name string, required").fill("reader");
    await form.getByLabel("access").selectOption("read");
    await form.getByLabel("labels").fill("team a\nteam b");
    await form.getByRole("button", { name: "Send" }).click();
    await form.getByText("204").waitFor();
    return form;
  }

  async function violations({ page }: Open): Promise<unknown> {
    await page.evaluate(axe);
    return page.evaluate(
      "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)]))",
    );
  }

  async function picture({ page }: Open, name: string): Promise<void> {
    if (process.env["UPDATE_PICTURES"] !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`) });
  }

  test("lets nobody in with a wrong token, and keeps the right one where only the page has it", async () => {
    await using opened = await open();
    const { page, running } = opened;

    await page.getByLabel("Token").fill("hvs.wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").getByText("403: ").waitFor();
    await signIn(opened);

    const kept = await page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie, location.href])");
    const shown = await page.content();
    assert.doesNotMatch(String(kept) + shown, new RegExp(running.host.rootToken));
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    assert.equal(await page.getByRole("complementary").count(), 0);
  });

  test("shows what is mounted, and what a plugin says of each of its paths", async () => {
    await using opened = await open();
    const { page } = opened;
    await signIn(opened);

    const row = page.getByRole("row", { name: /^accounts\// });
    assert.match(await row.innerText(), /accounts\s+v1\.4\.0/);
    await openMount(opened);
    await page.getByText("The plugin's own help").click();

    await page.getByText("Hands out accounts of a service under leases.").waitFor();
    const titles = await page.getByRole("heading", { level: 2 }).allInnerTexts();
    assert.deepEqual(
      titles.filter((title) => title.startsWith("accounts/")),
      ["accounts/config", "accounts/creds/{role}", "accounts/roles/", "accounts/roles/{name}"],
    );
    await page.getByLabel("Find a path").fill("creds");
    await page.getByText("1 of 4 paths").waitFor();
  });

  test("opens a mount whose path must be written in another way in an address", async () => {
    await using opened = await open();
    await opened.running.mount("secret", "accounts", "50%25/tëam");
    await signIn(opened);

    await opened.page.getByRole("navigation").getByRole("link", { name: "50%/tëam/" }).click();

    await opened.page.getByRole("heading", { name: "50%/tëam/", level: 1 }).waitFor();
    await opened.page.getByText("4 of 4 paths").waitFor();
  });

  test("makes of fields what one can fill in, and says which are required", async () => {
    await using opened = await open();
    await signIn(opened);
    await openMount(opened);

    const form = await openOperation(opened, "accounts/roles/{name}", "POST Write");

    const access = form.getByLabel("access");
    assert.deepEqual(await access.locator("option").allInnerTexts(), ["not sent", "read", "write"]);
    assert.equal(await form.getByLabel("name string, required").getAttribute("required"), "");
    assert.equal(await form.getByLabel("ttl").getAttribute("placeholder"), "600");
    assert.equal(await form.getByText("How long an account lives unless its lease is renewed.").count(), 1);
  });

  test("calls a path, and shows the answer and a command that is equal", async () => {
    await using opened = await open();
    const { running } = opened;
    await signIn(opened);
    await openMount(opened);

    const form = await writeRole(opened);

    assert.equal(
      await form.getByLabel("curl").innerText(),
      [
        "curl -sS \\",
        '  -H "X-Vault-Token: $VAULT_TOKEN" \\',
        `  -d '{"access":"read","labels":["team a","team b"]}' \\`,
        `  '${running.host.address}/v1/accounts/roles/reader'`,
      ].join("\n"),
    );
    const { body } = await running.call("GET", "accounts/roles/reader");
    assert.deepEqual(body.data, { access: "read", ttl: 600, labels: ["team a", "team b"] });
    const list = await openOperation(opened, "accounts/roles/", "LIST List");
    await list.getByRole("button", { name: "Send" }).click();
    await list.getByLabel("Answer").getByText('"reader"').waitFor();
    await opened.page.getByRole("status").getByText("Answered with 200.").waitFor({ state: "attached" });
  });

  test("shows what the plugin refuses, and never writes what is sensitive into the command", async () => {
    await using opened = await open();
    await signIn(opened);
    await openMount(opened);
    const config = await openOperation(opened, "accounts/config", "POST Write");

    await config.getByLabel("url string, required").fill("https://service.example");
    await config.getByLabel("password").fill("hunter2");

    assert.equal(await config.getByLabel("password").getAttribute("type"), "password");
    const command = await config.getByLabel("curl").innerText();
    assert.match(command, /"password":"'"\$PASSWORD"'"/);
    assert.doesNotMatch(command, /hunter2/);
    const role = await openOperation(opened, "accounts/roles/{name}", "POST Write");
    await role.getByLabel("name string, required").fill("short");
    await role.getByLabel("access").selectOption("read");
    await role.getByLabel("ttl").fill("5s");
    await role.getByRole("button", { name: "Send" }).click();
    await role.getByLabel("Answer").getByText("ttl is shorter than a minute").waitFor();
    await role.getByLabel("Other members of the body").fill("[1]");
    await role.getByRole("button", { name: "Send" }).click();
    await role.getByRole("alert").getByText("the body is no object").waitFor();
  });

  test("shows leases with the time that is left, renews and revokes them", async () => {
    await using opened = await open();
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
    await using opened = await open();
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

  test("can be used with the keyboard alone", async () => {
    await using opened = await open();
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
      await using opened = await open({ colorScheme });
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
    await using opened = await open({ viewport: { width: 360, height: 740 } });
    const { page } = opened;
    await signIn(opened);
    await openMount(opened);
    await openOperation(opened, "accounts/roles/{name}", "POST Write");

    const isWider = await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");

    assert.equal(isWider, false);
  });
});
