import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkDescriptors } from "../../src/doctor/descriptors.ts";

const limits = (soft: string) =>
  `Max processes             100                  100                  processes \nMax open files            ${soft.padEnd(20)} 4096                 files     \n`;

describe("how many files a process may open", () => {
  test("is too little below 1024", () => {
    assert.deepEqual(checkDescriptors(limits("256")), {
      state: "failed",
      text: "this process may open 256 files, and each mount needs a connection",
      repair: "Allow the server at least 1024: ulimit -n, or LimitNOFILE in its systemd unit.",
    });
  });

  test("is enough from 1024 on", () => {
    assert.deepEqual(checkDescriptors(limits("1024")), { state: "ok", text: "this process may open 1024 files" });
    assert.equal(checkDescriptors(limits("unlimited")).text, "this process may open any number of files");
  });

  test("is not known on a system that does not tell", () => {
    assert.equal(checkDescriptors(undefined).state, "note");
  });
});
