import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { skipped, startChromium } from "./chromium.ts";
import { open, openMount, openOperation, signIn, writeRole } from "./open-page.ts";

describe("the page in Chromium", { skip: skipped, timeout: 300_000 }, () => {
  let browser: Browser;
  before(async () => {
    browser = await startChromium();
  });
  after(() => browser.close());

  test("lets nobody in with a wrong token, and keeps the right one where only the page has it", async () => {
    await using opened = await open(browser);
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
    await using opened = await open(browser);
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
    await using opened = await open(browser);
    await opened.running.mount("secret", "accounts", "50%25/tëam");
    await signIn(opened);

    await opened.page.getByRole("navigation").getByRole("link", { name: "50%/tëam/" }).click();

    await opened.page.getByRole("heading", { name: "50%/tëam/", level: 1 }).waitFor();
    await opened.page.getByText("4 of 4 paths").waitFor();
  });

  test("makes of fields what one can fill in, and says which are required", async () => {
    await using opened = await open(browser);
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
    await using opened = await open(browser);
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
    await using opened = await open(browser);
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
});
