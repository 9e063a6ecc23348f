import assert from "node:assert/strict";
import { test } from "node:test";
import { signAdHoc } from "../../../packages/vaultwright/src/compile/mach-o/sign.ts";
import { checkSignature } from "../../release/verify/mach-o.ts";
import { machO } from "./executables.ts";

test("a signed file passes, with the name that it was signed by", () => {
  const signed = signAdHoc(machO("arm64"), "vault-plugin-secrets-kv");

  assert.deepEqual(checkSignature(signed), { identifier: "vault-plugin-secrets-kv", isAdHoc: true, pages: 3 });
});

test("signing again gives the same bytes", () => {
  const signed = signAdHoc(machO("amd64"), "kv");

  assert.ok(signAdHoc(signed, "kv").equals(signed));
});

test("a page that was changed afterwards is found", () => {
  const signed = signAdHoc(machO("arm64"), "kv");
  signed.writeUInt8(1, 5000);

  assert.throws(() => checkSignature(signed), { message: "page 1 is not the one that was signed" });
});

test("what follows the signature is found", () => {
  const signed = Buffer.concat([signAdHoc(machO("arm64"), "kv"), Buffer.from("more")]);

  assert.throws(() => checkSignature(signed), { message: "the signature is not the end of the file" });
});

test("a file of another kind is refused", () => {
  assert.throws(() => signAdHoc(Buffer.from("MZ"), "kv"), { message: "this is not a 64-bit Mach-O file" });
});
