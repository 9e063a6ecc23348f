import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAddress, remoteAddrIsAllowed } from "../../src/index.ts";

const allowed = [
  ["10.1.1.1", []],
  [undefined, []],
  ["10.1.1.1", ["10.0.0.0/8"]],
  ["10.1.1.1", ["192.168.0.0/16", "10.0.0.0/8"]],
  ["10.1.1.1", ["10.1.2.3/8"]],
  ["10.1.1.1", ["10.1.1.1"]],
  ["10.1.1.1", ["10.1.1.1:8200"]],
  ["::ffff:10.1.1.1", ["10.0.0.0/8"]],
  ["10.1.1.1", ["::ffff:10.0.0.0/104"]],
  ["2001:db8::1", ["2001:db8::/32"]],
  ["::1", ["[::1]:80"]],
  ["1.2.3.4", ["0.0.0.0/0"]],
] as const;
for (const [address, cidrs] of allowed)
  test(`${address} may come from [${cidrs}] [S94]`, () => {
    assert.equal(remoteAddrIsAllowed(address, cidrs), true);
  });

const refused = [
  ["10.1.1.1", ["192.168.0.0/16"]],
  [undefined, ["0.0.0.0/0"]],
  ["garbage", ["0.0.0.0/0"]],
  ["012.1.1.1", ["0.0.0.0/0"]],
  ["1", ["0.0.0.0/0"]],
  ["10.1.1.1", ["/run/socket", "garbage"]],
  ["::1", ["0.0.0.0/0"]],
  ["1.2.3.4", ["::1.2.3.4"]],
  ["9.9.9.9", ["::ffff:1.2.3.4/90"]],
  ["fe80::1%eth0", ["::/0"]],
  ["10.1.1.1", ["::/0"]],
] as const;
for (const [address, cidrs] of refused)
  test(`${address} may not come from [${cidrs}] [S94]`, () => {
    assert.equal(remoteAddrIsAllowed(address, cidrs), false);
  });

// What Go's SDK makes of each.
const shown = [
  ["127.0.0.1/32", "127.0.0.1"],
  ["10.1.2.3/08", "10.1.2.3/8"],
  ["1.2.3.4:0", "1.2.3.4"],
  ["1.2.3.4:", "1.2.3.4"],
  ["1.2.3.4:080", "1.2.3.4:80"],
  ["[1.2.3.4]:80", "1.2.3.4:80"],
  ["[::1]", "::1"],
  ["[::1]:", "::1"],
  ["[2001:DB8:0::1]:80", "[2001:db8::1]:80"],
  ["2001:0DB8:0:0::1/64", "2001:db8::1/64"],
  ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
  ["::ffff:10.1.2.3/104", "10.1.2.3/8"],
  ["::ffff:a00:1", "10.0.0.1"],
  ["::ffff:1.2.3.4/90", "1.2.3.4"],
  ["::1.2.3.4", "::102:304"],
  ["::/0", "::/0"],
] as const;
for (const [text, address] of shown)
  test(`${text} is shown as ${address}`, () => {
    assert.equal(parseAddress(text), address);
  });

const noAddress = ["1.2.3.4:65536", "[::1]:65536", "1.2.3.4/8:80", "10.0.0.0/33", "::1/129", "run/x", "/", "[::1]/64"];
for (const text of noAddress)
  test(`${text} is no address`, () => {
    assert.throws(() => parseAddress(text), { kind: "user", message: /^error parsing address "/ });
  });

test("a path of a socket is shown as it is written", () => {
  assert.equal(parseAddress("/run/Vault.sock"), "/run/Vault.sock");
});
