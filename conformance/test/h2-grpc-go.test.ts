import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { Address } from "../../packages/core/src/rpc/transport/transport.ts";
import { whereGoIs } from "../go.ts";
import { callByGo, type Sight, serveByGo } from "../hosts/h2-grpc.ts";
import { callByUs, type Runtime, startSubject, writeCertificates } from "../hosts/h2-process.ts";

const seenByGo: readonly Sight[] = [
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

const seenByUs: readonly Sight[] = [
  { check: "echo", saw: "hello" },
  { check: "empty message", saw: 0 },
  { check: "unknown method", saw: "unimplemented" },
  { check: "status and text", saw: "failed-precondition: nicht möglich: 100 %\n" },
  { check: "metadata", saw: { one: ["a, b"], two: ["first", "second"] } },
  { check: "conversation", saw: ["one", "", "three", true] },
  { check: "many messages", saw: 20_000 },
  { check: "failure after a message", saw: ["one", "data-loss: no more of these"] },
  { check: "64 MiB there", saw: `${64 * 1024 * 1024}` },
  { check: "64 MiB back", saw: 64 * 1024 * 1024 },
  { check: "64 MiB there and back", saw: true },
  { check: "slow reader", saw: true },
  { check: "parallel calls", saw: 1000 },
  // What this server of Go's allows at the same time.
  { check: "at the same time", saw: "10" },
  { check: "parallel megabytes", saw: 32 },
  { check: "deadline", saw: "deadline-exceeded" },
  { check: "cancellation", saw: "cancelled" },
  { check: "storm of cancellations", saw: "hello" },
  { check: "long headers", saw: 2000 },
  { check: "pings", saw: "3500" },
];

/** What a test needs to connect two processes, with certificates or without. */
function placeOf(t: TestContext, isSecret: boolean) {
  const directory = mkdtempSync(join(tmpdir(), "vw-"));
  t.after(() => rmSync(directory, { recursive: true }));
  const address: Address = { network: "unix", address: join(directory, "socket") };
  return { address, tls: isSecret ? writeCertificates(directory) : undefined };
}

for (const runtime of ["Node", "Bun"] satisfies Runtime[]) {
  whereGoIs(`grpc-go 1.79.3 and our HTTP/2 on ${runtime}`, () => {
    for (const isSecret of [false, true]) {
      const how = `on ${runtime} ${isSecret ? "over TLS" : "in plain text"}`;

      test(`grpc-go calls a server of ours ${how}`, async (t) => {
        const place = placeOf(t, isSecret);
        const subject = await startSubject(t, { runtime, subject: "http2", ...place });

        const sights = await callByGo(place.address, place.tls);

        assert.deepEqual(sights, seenByGo);
        assert.ok(subject.isRunning());
      });

      test(`our client ${how} calls a server by grpc-go`, async (t) => {
        const place = placeOf(t, isSecret);
        await serveByGo(t, place);

        assert.deepEqual(await callByUs(runtime, "everything", place), seenByUs);
      });
    }

    test(`calls of our client on ${runtime} go on while grpc-go ends connection after connection`, async (t) => {
      const place = placeOf(t, false);
      await serveByGo(t, { kind: "aging-server", ...place });

      assert.deepEqual(await callByUs(runtime, 2000, place), ["ok"]);
    });
  });
}
