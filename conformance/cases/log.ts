import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { LogLine, ServerUnderTest } from "../hosts/server.ts";

/** Lines that the cases provoke on purpose, and why. */
const provoked: readonly { readonly text: RegExp; readonly why: string }[] = [
  { text: /deliberate failure with inner details/, why: "a handler of the mock plugin throws" },
];

/** What the whole run has left in the server's log; to be registered behind all other cases. */
export function logCases(server: () => ServerUnderTest): void {
  describe("the server's log", () => {
    test("has no warning and no error that a plugin of ours caused", () => {
      const bad = server()
        .logs()
        .filter(({ level }) => level === "warn" || level === "error")
        .filter((line) => !provoked.some(({ text }) => text.test(JSON.stringify(line))));

      assert.deepEqual(bad, []);
    });

    test("says that plugins run with protocol version 5 and nothing else", () => {
      const versions = server()
        .logs()
        .filter(isNegotiation)
        .map(({ fields }) => fields["version"]);

      assert.ok(versions.length > 0, "no plugin was started");
      assert.deepEqual(new Set(versions), new Set([5]));
    });
  });
}

// go-plugin's client writes this line once for each process, when the handshake is done.
function isNegotiation({ message }: LogLine): boolean {
  return message === "using plugin";
}
