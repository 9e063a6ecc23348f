import { setTimeout as delay } from "node:timers/promises";
import { type Path, path, t } from "@vaultwright/core";

/** Counts the calls of one mount, and tells which process answers. */
export function counter(): Path {
  let calls = 0;
  return path("counter", {
    summary: "Counts its calls.",
    fields: {},
    read() {
      calls += 1;
      return { data: { calls, pid: process.pid } };
    },
  });
}

/** Holds the one lock of one mount for some time. */
export function serial(): Path {
  let last: Promise<unknown> = Promise.resolve();
  return path("serial", {
    summary: "Answers one request after the other.",
    fields: { milliseconds: t.int({ required: true, description: "How long to hold the lock." }) },
    async update({ fields }) {
      const turn = last.then(() => delay(fields.milliseconds));
      last = turn;
      await turn;
      return { data: { held: fields.milliseconds } };
    },
  });
}
