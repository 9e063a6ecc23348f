import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { createConsoleLog } from "@vaultwright/host";
import { onlyProblems } from "../start/only-problems.ts";

test("leaves out of a log what only tells what happens", async () => {
  const stream = new PassThrough();
  const log = onlyProblems(createConsoleLog(stream)).with({ logger: "kv" });

  log.info("a request");
  log.warn("a problem");
  log.with({ mount: "kv/" }).error("another");

  stream.end();
  const lines = (await text(stream)).trimEnd().split("\n");
  assert.deepEqual(
    lines.map((line) => line.replace(/^\S+ /, "")),
    ["[WARN] kv: a problem", "[ERROR] kv: kv/: another"],
  );
});
