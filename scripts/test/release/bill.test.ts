import assert from "node:assert/strict";
import { test } from "node:test";
import { writeBill } from "../../release/bill.ts";
import { sampleContents } from "./contents.ts";

interface Item {
  readonly name: string;
  readonly purl: string;
  readonly licenses: readonly unknown[];
  readonly hashes?: readonly unknown[];
  readonly components?: readonly Item[];
}

function bill() {
  const text = writeBill(sampleContents());
  const parsed: { metadata: { component: Item }; components: readonly Item[]; serialNumber: string } = JSON.parse(text);
  const item = (name: string) => parsed.components.find((each) => each.name === name);
  return { text, parsed, item };
}

test("a bill of materials tells the binaries by their hashes", () => {
  const [file] = bill().parsed.metadata.component.components ?? [];

  assert.equal(file?.name, "vault-plugin-auth-badge_1.2.3_linux_amd64");
  assert.deepEqual(file?.hashes, [
    { alg: "SHA-256", content: "9a3a45d01531a20e89ac6ae10b0b0beb0492acd7216a368aa062d1a5fecaf9cd" },
  ]);
});

test("a bill of materials tells packages with address, licence and the lockfile's hash", () => {
  const { item } = bill();

  assert.equal(item("@scure/base")?.purl, "pkg:npm/%40scure/base@2.4.0");
  assert.deepEqual(item("@scure/base")?.licenses, [{ license: { id: "MIT" } }]);
  assert.deepEqual(item("qr")?.licenses, [{ expression: "(MIT OR Apache-2.0)" }]);
  assert.deepEqual(item("qr")?.hashes, [{ alg: "SHA-512", content: "01".repeat(64) }]);
});

test("a bill of materials tells the runtimes with what they contain, and the C library", () => {
  const { item } = bill();

  const inner = item("@oven/bun-linux-aarch64")?.components?.map(({ name }) => name) ?? [];
  assert.ok(inner.includes("BoringSSL") && inner.includes("WebKit (JavaScriptCore)") && !inner.includes("libuv"));
  assert.match(item("glibc")?.purl ?? "", /^pkg:deb\/debian\/libc6@.+\?arch=(amd64|arm64)$/);
});

test("the same release has the same bill of materials", () => {
  assert.equal(bill().text, bill().text);
  assert.match(
    bill().parsed.serialNumber,
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});
