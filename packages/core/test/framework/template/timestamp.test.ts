import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { formatTime } from "../../../src/framework/template/timestamp.ts";

// A time of the machine's own zone, so that the expected texts hold anywhere.
const time = new Date(2026, 1, 3, 16, 5, 6, 70);

describe("Go's layouts of time", () => {
  const cases = [
    ["2006-01-02T15:04:05.000", "2026-02-03T16:05:06.070"],
    ["Mon Jan _2 3:04:05PM 06", "Tue Feb  3 4:05:06PM 26"],
    ["Monday, January 2 2006", "Tuesday, February 3 2026"],
    ["1/2 03:4:5 pm", "2/3 04:5:6 pm"],
    ["002 __2", "034  34"],
    ["05.999 05,000000", "06.07 06,070000"],
    ["20060102150405", "20260203160506"],
    ["Month January5", "Month February6"],
    ["v.1", "v.2"],
  ] as const;
  for (const [layout, text] of cases)
    test(layout, () => {
      assert.equal(formatTime(layout, time), text);
    });

  test("of zones", () => {
    const east = Object.assign(new Date(time), { getTimezoneOffset: () => -330 });
    const none = Object.assign(new Date(time), { getTimezoneOffset: () => 0 });
    const west = Object.assign(new Date(time), { getTimezoneOffset: () => 210 });

    assert.equal(formatTime("Z07:00 -0700 -07 -07:00:00", east), "+05:30 +0530 +05 +05:30:00");
    assert.equal(formatTime("Z07:00 Z0700 -0700", none), "Z Z +0000");
    assert.equal(formatTime("-07:00", west), "-03:30");
  });

  test("of midnight and noon", () => {
    assert.equal(formatTime("3PM 03 15", new Date(2026, 0, 1, 0)), "12AM 12 00");
    assert.equal(formatTime("3PM", new Date(2026, 0, 1, 12)), "12PM");
  });
});
