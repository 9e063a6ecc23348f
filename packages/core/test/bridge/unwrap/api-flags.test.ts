import assert from "node:assert/strict";
import { test } from "node:test";
import { parseApiFlags } from "../../../src/bridge/unwrap/api-flags.ts";

const all = {
  caFile: "a.pem",
  caDirectory: "/certs",
  clientCertificateFile: "c.pem",
  clientKeyFile: "k.pem",
  serverName: "vault.example",
  skipsVerification: true,
};

test("all flags are read with one dash and the value behind an equals sign", () => {
  const args = [
    "-ca-cert=a.pem",
    "-ca-path=/certs",
    "-client-cert=c.pem",
    "-client-key=k.pem",
    "-tls-server-name=vault.example",
    "-tls-skip-verify=true",
  ];

  assert.deepEqual(parseApiFlags(args), all);
});

test("all flags are read with two dashes and the value as the next argument", () => {
  const args = ["--ca-cert", "a.pem", "--ca-path", "/certs", "--client-cert", "c.pem", "--client-key", "k.pem"];

  assert.deepEqual(parseApiFlags([...args, "--tls-server-name", "vault.example", "--tls-skip-verify"]), all);
});

test("every flag is read with one dash and with two, its value behind an equals sign or next [W48]", () => {
  for (const dashes of ["-", "--"]) {
    for (const [flag, name] of [
      ["ca-cert", "caFile"],
      ["ca-path", "caDirectory"],
      ["client-cert", "clientCertificateFile"],
      ["client-key", "clientKeyFile"],
      ["tls-server-name", "serverName"],
    ] as const) {
      assert.deepEqual(parseApiFlags([`${dashes}${flag}=value`]), { [name]: "value" });
      assert.deepEqual(parseApiFlags([`${dashes}${flag}`, "value"]), { [name]: "value" });
    }
    for (const flag of [`${dashes}tls-skip-verify`, `${dashes}tls-skip-verify=true`]) {
      assert.deepEqual(parseApiFlags([flag]), { skipsVerification: true });
    }
  }
});

test("a value may have an equals sign, and a boolean does not take the next argument", () => {
  assert.deepEqual(parseApiFlags(["-ca-cert=a=b", "-tls-skip-verify", "false"]), {
    caFile: "a=b",
    skipsVerification: true,
  });
});

test("a boolean is read as in Go", () => {
  for (const text of ["0", "f", "F", "FALSE", "false", "False"]) {
    assert.deepEqual(parseApiFlags([`-tls-skip-verify=${text}`]), { skipsVerification: false });
  }
  for (const text of ["1", "t", "T", "TRUE", "true", "True"]) {
    assert.deepEqual(parseApiFlags([`-tls-skip-verify=${text}`]), { skipsVerification: true });
  }
  assert.throws(() => parseApiFlags(["-tls-skip-verify=maybe"]), {
    message: "invalid boolean value for -tls-skip-verify",
  });
});

test("what is no flag of the API's client is passed over, and two dashes alone end them", () => {
  const args = ["serve", "-own", "-other=x", "---ca-cert=no", "-", "-ca-cert", "a.pem", "--", "-ca-path=/certs"];

  assert.deepEqual(parseApiFlags(args), { caFile: "a.pem" });
});

test("an empty value is as good as none, and a missing one is refused", () => {
  assert.deepEqual(parseApiFlags(["-ca-cert="]), {});
  assert.throws(() => parseApiFlags(["-ca-cert"]), { message: "flag needs an argument: -ca-cert" });
});

test("the last of several values counts", () => {
  assert.deepEqual(parseApiFlags(["-ca-cert=a.pem", "-ca-cert=b.pem"]), { caFile: "b.pem" });
});
