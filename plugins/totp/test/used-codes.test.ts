import assert from "node:assert/strict";
import { test } from "node:test";
import { createUsedCodes } from "../src/used-codes.ts";

const submission = { key: "k", code: "123456", isValid: true, lifetime: 90 };

test("takes a code once, whether it is right or wrong", () => {
  const used = createUsedCodes({ now: () => 0 });

  for (const isValid of [true, false]) {
    const each = { ...submission, code: String(isValid), isValid };
    assert.equal(used.claim(each), "claimed");
    assert.equal(used.claim(each), "used");
    assert.equal(used.claim({ ...each, isValid: !isValid }), "used");
  }
});

test("takes it again when its lifetime is over, counted from the first time", () => {
  const clock = { seconds: 0 };
  const used = createUsedCodes({ now: () => clock.seconds });
  used.claim(submission);

  clock.seconds = 89.9;
  assert.equal(used.claim(submission), "used");
  clock.seconds = 90;
  assert.equal(used.claim(submission), "claimed");
});

test("tells keys apart, also where name and code together read the same", () => {
  const used = createUsedCodes({ now: () => 0 });
  used.claim({ ...submission, key: "a_1", code: "23" });

  assert.equal(used.claim({ ...submission, key: "a", code: "1_23" }), "claimed");
  assert.equal(used.claim({ ...submission, key: "b", code: "23" }), "claimed");
});

test("forgets the oldest wrong code when there are too many, and no right one", () => {
  const used = createUsedCodes({ now: () => 0, wrongCapacity: 3 });
  used.claim(submission);

  for (const code of ["1", "2", "3", "4"]) used.claim({ ...submission, code, isValid: false });

  assert.equal(used.claim(submission), "used");
  assert.equal(used.claim({ ...submission, code: "4", isValid: false }), "used");
  assert.equal(used.claim({ ...submission, code: "1", isValid: false }), "claimed");
});

test("takes no further right code when there are too many, and takes it once one is over", () => {
  const clock = { seconds: 0 };
  const used = createUsedCodes({ now: () => clock.seconds, rightCapacity: 2 });
  used.claim({ ...submission, code: "1", lifetime: 10 });
  used.claim({ ...submission, code: "2" });

  assert.equal(used.claim({ ...submission, code: "3" }), "full");
  clock.seconds = 10;
  assert.equal(used.claim({ ...submission, code: "3" }), "claimed");
  assert.equal(used.claim({ ...submission, code: "4" }), "full");
});

test("wrong codes take no room from right ones", () => {
  const used = createUsedCodes({ now: () => 0, rightCapacity: 1, wrongCapacity: 1 });

  for (const code of ["1", "2"]) used.claim({ ...submission, code, isValid: false });

  assert.equal(used.claim(submission), "claimed");
});

test("makes room after the clock was set back", () => {
  const clock = { seconds: 1000 };
  const used = createUsedCodes({ now: () => clock.seconds, rightCapacity: 2 });
  used.claim({ ...submission, code: "1" });
  clock.seconds = 500;
  used.claim({ ...submission, code: "2", lifetime: 10 });

  clock.seconds = 510;
  assert.equal(used.claim({ ...submission, code: "3" }), "claimed");
});
