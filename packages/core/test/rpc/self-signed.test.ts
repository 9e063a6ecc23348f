import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { describe, test } from "node:test";
import { createHostCertificate, readCertificate } from "../../src/rpc/certificate.ts";
import { createSelfSigned } from "../../src/rpc/self-signed.ts";

const now = new Date("2026-11-21T12:00:00.789Z");

const properties = {
  subject: "O=HashiCorp, CN=localhost",
  issuer: "O=HashiCorp, CN=localhost",
  isAuthority: true,
  keyUsages: ["digitalSignature", "keyEncipherment", "keyAgreement", "keyCertSign"],
  extendedKeyUsages: ["1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.1"],
  dnsNames: ["localhost"],
  isSelfSigned: true,
};

describe("a plugin's certificate", () => {
  test("has the properties that hosts give to their own, with a smaller key", async () => {
    const facts = await readCertificate(createSelfSigned(now).certificateDer);

    const { serialNumber, ...rest } = facts;
    assert.match(serialNumber, /^[0-9a-f]{20,34}$/);
    assert.deepEqual(rest, {
      ...properties,
      key: { name: "ECDSA", namedCurve: "P-256" },
      signatureHash: "SHA-256",
      notBefore: new Date("2026-11-21T11:59:30Z"),
      notAfter: new Date("2056-11-21T00:00:00Z"),
    });
  });

  test("is of the same kind as the host's, which a library makes with a key as Go's", async () => {
    const { serialNumber, notBefore, notAfter, ...facts } = await readCertificate(
      (await createHostCertificate()).certificateDer,
    );

    const key = { name: "ECDSA", namedCurve: "P-521" };
    assert.deepEqual(facts, { ...properties, key, signatureHash: "SHA-512" });
    assert.match(serialNumber, /^[0-9a-f]{20,34}$/);
    assert.equal(notAfter.getTime() - notBefore.getTime(), (262_980 * 60 * 60 + 30) * 1000);
  });

  test("belongs to its key", () => {
    const { certificate, certificateDer, key } = createSelfSigned();

    const read = new X509Certificate(certificate);

    assert.ok(read.raw.equals(certificateDer));
    assert.ok(read.checkPrivateKey(createPrivateKey(key)));
    assert.ok(read.verify(read.publicKey));
    assert.ok(read.ca);
  });

  test("is new each time [W38]", () => {
    const [first, second] = [createSelfSigned(now), createSelfSigned(now)].map(
      ({ certificate }) => new X509Certificate(certificate),
    );

    assert.notEqual(first?.serialNumber, second?.serialNumber);
    assert.notEqual(
      first?.publicKey.export({ type: "spki", format: "pem" }),
      second?.publicKey.export({ type: "spki", format: "pem" }),
    );
  });

  test("is well-formed whatever the serial number begins with", () => {
    for (let i = 0; i < 40; i += 1) assert.doesNotThrow(() => new X509Certificate(createSelfSigned(now).certificate));
  });
});
