import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { whereGoIs } from "../go.ts";
import { type Runtime, startSubject, writeCertificates } from "../hosts/h2-process.ts";
import { type Outcome, testClient, testServer } from "../hosts/h2spec.ts";

/**
 * Cases that a server of calls answers before they are at their point, since h2spec's requests are none of gRPC: with
 * status 405, without a body, and with the stream's end. They pass where a request is answered when it is complete.
 */
const answeredEarly = [
  "generic/2/2",
  "generic/2/3",
  "http2/5.1/8",
  "http2/5.1/9",
  "http2/5.1.2/1",
  "http2/6.5.3/1",
  "http2/6.9/2",
  "http2/6.9.1/1",
  "http2/6.9.1/3",
  "http2/6.9.2/1",
  "http2/6.9.2/2",
  "http2/8.1/1",
  "http2/8.1.2.1/3",
  "http2/8.1.2.6/1",
  "http2/8.1.2.6/2",
];

const notPassed = (outcomes: readonly Outcome[]) => outcomes.filter(({ result }) => result !== "passed");

whereGoIs("h2spec 2.2.1", () => {
  test("h2spec 2.2.1 finds a server of calls on Bun to answer some of its requests early, and nothing else", async (t) => {
    const address = { network: "tcp", address: "127.0.0.1:0" } as const;
    const subject = await startSubject(t, { runtime: "Bun", subject: "http2", address });

    const outcomes = await testServer(subject.address);

    assert.deepEqual(
      notPassed(outcomes).map((outcome) => outcome.case),
      answeredEarly,
    );
  });

  for (const runtime of ["Node", "Bun"] satisfies Runtime[]) {
    test(`h2spec 2.2.1 finds nothing in a client on ${runtime}`, async () => {
      const outcomes = await testClient(runtime);

      assert.ok(outcomes.length > 40, `${outcomes.length} cases`);
      assert.deepEqual(notPassed(outcomes), []);
    });

    for (const isSecret of [false, true]) {
      test(`h2spec 2.2.1 finds nothing in a server on ${runtime} ${isSecret ? "over TLS" : "in plain text"}`, async (t) => {
        const directory = mkdtempSync(join(tmpdir(), "vw-"));
        t.after(() => rmSync(directory, { recursive: true }));
        const tls = isSecret ? writeCertificates(directory) : undefined;
        const address = { network: "tcp", address: "127.0.0.1:0" } as const;
        const subject = await startSubject(t, { runtime, subject: "http2-without-grpc", address, tls });

        const outcomes = await testServer(subject.address, tls?.client);

        assert.ok(outcomes.length > 140, `${outcomes.length} cases`);
        assert.deepEqual(notPassed(outcomes), []);
        assert.ok(subject.isRunning());
      });
    }
  }
});
