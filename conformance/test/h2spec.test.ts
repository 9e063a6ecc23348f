import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { whereGoIs } from "../go.ts";
import { type Runtime, startSubject, writeCertificates } from "../hosts/h2-process.ts";
import { type Outcome, testClient, testServer } from "../hosts/h2spec.ts";

const notPassed = (outcomes: readonly Outcome[]) => outcomes.filter(({ result }) => result !== "passed");

whereGoIs("h2spec 2.2.1", () => {
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
