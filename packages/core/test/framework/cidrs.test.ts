import assert from "node:assert/strict";
import { test } from "node:test";
import { checkCidrs, cidrsContain } from "../../src/index.ts";

const cases: readonly (readonly [outer: readonly string[], inner: readonly string[], contained: boolean])[] = [
  [["10.0.0.0/8"], ["10.1.0.0/16"], true],
  [["10.0.0.0/8"], ["10.1.2.3/16", "10.0.0.0/8"], true],
  [["10.0.0.0/8"], ["0.0.0.0/0"], false],
  [["10.0.0.0/8"], ["11.0.0.0/16"], false],
  [["10.0.0.0/8", "192.0.2.0/24"], ["192.0.2.7/32", "10.1.0.0/16"], true],
  [["10.0.0.0/9", "10.128.0.0/9"], ["10.0.0.0/8"], false],
  [["0.0.0.0/0"], ["1.2.3.4/32"], true],
  [["0.0.0.0/0"], ["::/0"], false],
  [["2001:db8::/32"], ["2001:db8:1::/48"], true],
  [["10.0.0.0/8"], ["::ffff:10.1.0.0/112"], true],
];
for (const [outer, inner, contained] of cases)
  test(`[${inner}] ${contained ? "lies" : "does not lie"} within [${outer}]`, () => {
    assert.equal(cidrsContain(outer, inner), contained);
  });

const refused: readonly (readonly [outer: readonly string[], inner: readonly string[], message: string])[] = [
  [[], ["10.0.0.0/8"], "missing CIDR blocks to be checked against"],
  [["10.0.0.0/8"], [], "missing CIDR blocks that needs to be checked"],
  [["1.2.3.4/0"], ["10.0.0.0/8"], "CIDR to be checked against is not in its canonical form"],
  [["0.0.0.0/0"], ["1.2.3.4/0"], "CIDR that needs to be checked is not in its canonical form"],
  [["10.0.0.0/8"], ["10.0.0.1"], "failed to parse the CIDR that needs to be checked: invalid CIDR address: 10.0.0.1"],
  [["host/8"], ["10.0.0.0/8"], "failed to parse the CIDR to be checked against: invalid CIDR address: host/8"],
];
for (const [outer, inner, message] of refused)
  test(`refuses to compare [${outer}] and [${inner}]`, () => {
    assert.throws(() => cidrsContain(outer, inner), { kind: "user", message });
  });

test("blocks of a request are checked, blanks around them aside", () => {
  checkCidrs([" 10.0.0.0/8", "::1/128 "]);

  for (const cidr of ["10.0.0.0", "10.0.0.0/33", "host/8", "", "[::1]/64", "10.0.0.1:80/8"])
    assert.throws(() => checkCidrs(["::/0", cidr]), { kind: "user", message: `invalid CIDR address: ${cidr}` });
});
