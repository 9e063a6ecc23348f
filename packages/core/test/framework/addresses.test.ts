import assert from "node:assert/strict";
import { test } from "node:test";
import { remoteAddrIsAllowed } from "../../src/index.ts";

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
  ["10.1.1.1", ["::/0"]],
] as const;
for (const [address, cidrs] of refused)
  test(`${address} may not come from [${cidrs}] [S94]`, () => {
    assert.equal(remoteAddrIsAllowed(address, cidrs), false);
  });
