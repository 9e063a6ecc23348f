import assert from "node:assert/strict";
import { test } from "node:test";
import { tlsOfWrapped } from "../../../src/bridge/unwrap/wrapped-key-pair.ts";
import { createWrapped } from "./fixture.ts";

const wrapped = await createWrapped();
const { ServerCert, ServerKey } = wrapped.data;

test("one certificate is identity and trust, and its common name is the server's [W45, W46]", () => {
  const { identity, trusted, serverName } = tlsOfWrapped(JSON.stringify({ data: wrapped.data }));

  assert.equal(identity.certificate.replaceAll(/\s/g, ""), wrapped.certificate.replaceAll(/\s/g, ""));
  assert.equal(identity.key, wrapped.key);
  assert.equal(trusted, identity.certificate);
  assert.equal(serverName, wrapped.name);
});

const other = await createWrapped();

for (const [what, body, message] of [
  ["no JSON", ServerKey, "the unwrapped answer cannot be read"],
  ["no data", JSON.stringify({ data: null }), "the unwrapped answer has no data"],
  ["no certificate", { ServerKey }, "the unwrapped certificate is not base64"],
  ["no key", { ServerCert }, "the unwrapped private key is not base64"],
  ["a key without padding", { ServerCert, ServerKey: `${ServerKey.replace(/=+$/, "")}A` }, /private key/],
  ["a key in the alphabet for addresses", { ServerCert, ServerKey: "-_-_" }, /private key is not base64/],
  ["another certificate", { ServerCert: btoa("none"), ServerKey }, "the unwrapped certificate cannot be read"],
  ["another key", { ServerCert, ServerKey: btoa("none") }, "the unwrapped private key cannot be read"],
  ["the key of another", { ServerCert, ServerKey: other.data.ServerKey }, /is not the certificate's/],
] as const) {
  test(`${what} is refused, without a word of what came`, () => {
    const answer = typeof body === "string" ? body : JSON.stringify({ data: body });

    assert.throws(
      () => tlsOfWrapped(answer),
      (error: Error) => {
        if (typeof message === "string") assert.equal(error.message, message);
        else assert.match(error.message, message);
        assert.equal(error.cause, undefined);
        return true;
      },
    );
  });
}
