import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { whereGoIs } from "../go.ts";
import { callByGo, type Sight } from "../hosts/h2-grpc.ts";
import { type Runtime, startSubject, writeCertificates } from "../hosts/h2-process.ts";

const expected: readonly Sight[] = [
  { check: "echo", saw: "hello" },
  { check: "empty message", saw: 0 },
  { check: "unknown method", saw: "Unimplemented" },
  { check: "status and text", saw: "FailedPrecondition: nicht möglich: 100 %\n" },
  { check: "metadata", saw: { one: ["a, b"], two: ["first", "second"], empty: [""] } },
  { check: "conversation", saw: ["one", "", "three", "EOF"] },
  { check: "many messages", saw: 20_000 },
  { check: "failure after a message", saw: ["one", "DataLoss: no more of these"] },
  { check: "64 MiB there", saw: `${64 * 1024 * 1024}` },
  { check: "64 MiB back", saw: 64 * 1024 * 1024 },
  { check: "64 MiB there and back", saw: true },
  { check: "slow reader", saw: true },
  { check: "parallel calls", saw: 1000 },
  { check: "parallel megabytes", saw: 32 },
  { check: "deadline", saw: "DeadlineExceeded" },
  { check: "cancellation", saw: "Canceled" },
  { check: "storm of cancellations", saw: "hello" },
  { check: "long headers", saw: 2000 },
  { check: "pings", saw: "still here" },
];

whereGoIs("grpc-go 1.79.3 as client", () => {
  for (const runtime of ["Node", "Bun"] satisfies Runtime[]) {
    for (const isSecret of [false, true]) {
      test(`of a server on ${runtime} ${isSecret ? "over TLS" : "in plain text"}`, async (t) => {
        const directory = mkdtempSync(join(tmpdir(), "vw-"));
        t.after(() => rmSync(directory, { recursive: true }));
        const tls = isSecret ? writeCertificates(directory) : undefined;
        const address = { network: "unix", address: join(directory, "socket") } as const;
        const subject = await startSubject(t, { runtime, subject: "http2", address, tls });

        const sights = await callByGo(address, tls);

        assert.deepEqual(sights, expected);
        assert.ok(subject.isRunning());
      });
    }
  }
});
