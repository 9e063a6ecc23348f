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

/** Tells which calls of one mount were aborted, and what the host said beside requests. */
export function diary(): { readonly paths: readonly Path[]; note(line: string): void } {
  const lines: string[] = [];
  const note = (line: string): void => {
    lines.push(line);
  };
  const read = path("diary", {
    summary: "What happened to this mount.",
    fields: {},
    read: () => ({ data: { lines: [...lines] } }),
  });
  async function waitForAbort(signal: AbortSignal, meanwhile?: () => Promise<unknown>): Promise<void> {
    note("waiting");
    // A call may be cancelled before its handler begins, and then nothing will be told of it.
    if (signal.aborted) note("aborted");
    else signal.addEventListener("abort", () => note("aborted"), { once: true });
    while (!signal.aborted) {
      await delay(5, undefined, { signal });
      await meanwhile?.();
    }
  }
  const wait = path("wait", {
    summary: "Waits until the host cancels the request.",
    fields: { storage: t.bool({ default: false, description: "Whether to call the host meanwhile." }) },
    read: ({ signal }) => waitForAbort(signal),
    update: ({ fields, signal, storage }) =>
      waitForAbort(signal, fields.storage ? () => storage.get("diary/none") : undefined),
  });
  return { paths: [read, wait], note };
}
