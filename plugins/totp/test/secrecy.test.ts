import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { createFaultyStorage, createMemoryStorage, faults, harness } from "@vaultwright/core/testing";
import { createTotp } from "../src/totp.ts";

const random = (size: number) => Buffer.alloc(size, 0xff);
const secret = "77777777";
/** Gives what a request fails with. */
async function failureOf(request: Promise<unknown>): Promise<unknown> {
  const [result] = await Promise.allSettled([request]);
  assert.equal(result.status, "rejected");
  return result.reason;
}

const generate = { generate: true, issuer: "Vault", account_name: "Test" };

test("a key that is not exported is in no answer, no error and no log", async () => {
  const mount = await harness(createTotp({ now: () => 59, randomBytes: random }));
  const answers: unknown[] = [await mount.write("keys/k", { ...generate, exported: false })];
  answers.push(await mount.read("keys/k"), await mount.read("code/k"), await mount.list("keys"));
  answers.push(await mount.write("code/k", { code: "000000" }), await mount.help("keys/k"));
  for (const request of [
    mount.write("export", { keys: "k" }),
    mount.write("keys/k", { ...generate, exported: false, key: secret }),
    mount.write("import", { urls: [`otpauth-migration://offline?data=${secret}`] }),
  ])
    answers.push(await failureOf(request));

  const seen = inspect([answers, mount.logs, mount.events.observed], { depth: null });

  assert.doesNotMatch(seen, /7777/);
});

test("what cannot be read, drawn or stored is not repeated", async () => {
  const storage = createFaultyStorage(createMemoryStorage());
  const mount = await harness(createTotp({ randomBytes: random }), { storage });
  const requests = [
    { key: `${secret}!` },
    { key: `${secret}7` },
    { url: `otpauth://totp/%zz?secret=${secret}` },
    { url: `otpauth://totp/a?secret=${secret}&period=x` },
    { url: `otpauth://totp/a?secret=${secret}&digits=${secret}x` },
    { url: `otpauth://totp/a?secret=${secret}0` },
    { ...generate, qr_size: 10 },
    { ...generate, issuer: "x".repeat(3000) },
  ];
  const errors: unknown[] = [];
  for (const wish of requests) errors.push(await failureOf(mount.write("keys/k", wish)));
  storage.setFault(faults.readOnly());
  errors.push(await failureOf(mount.write("keys/k", { key: secret })));

  assert.equal(errors.length, 9);
  assert.doesNotMatch(inspect([errors, mount.logs], { depth: null }), /7777/);
});
