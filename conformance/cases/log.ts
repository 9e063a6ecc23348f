import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { HostKind } from "@vaultwright/core";
import type { LogLine, ServerUnderTest } from "../hosts/server.ts";

interface Expected {
  readonly text: RegExp;
  readonly why: string;
  /** The protocol version of the servers that it is said of; all unless given. */
  readonly protocol?: number;
  /** The product that it is said of; all unless given. */
  readonly product?: HostKind;
}

/** Warnings and errors that belong to what the cases do, and why. */
const expected: readonly Expected[] = [
  { text: /checksums did not match/, why: "a file is registered with another SHA-256" },
  { text: /Plugin self-reported version did not match requested version/, why: "a file is registered as v99.0.0" },
  { text: /plugin not found in the catalog: catalogue-probe/, why: "a deregistered plugin is enabled" },
  { text: /deliberate failure with inner details/, why: "a handler of the mock plugin throws" },
  { text: /"plugin process exited".*"signal: killed"/, why: "a plugin's process is killed" },
  { text: /failed to run existence check.*cannot provide negative value/, why: "a duration is negative" },
  {
    text: /failed to run existence check.*expected an object, got a string/,
    why: "the value of a secret is no object",
  },
  {
    text: /failed to run existence check.*string field contains invalid UTF-8/,
    why: "a path is no UTF-8, which Vault itself cannot put into a message",
    product: "vault",
  },
  {
    text: /(?:failed to run existence check|error rolling back).*code = Unavailable/,
    why: "a plugin's process is killed while it is asked",
  },
  {
    text: /plugin connection not found for client/,
    why: "Vault forgets a connection twice when it disables the last mount of a process, Go plugins included",
  },
  {
    text: /"error closing client during Kill","fields":\{.*the client connection is closing/,
    why: "Vault 1.10 closes its connection before it ends a process (vault, sdk/plugin/grpc_backend_client.go, Cleanup)",
    protocol: 4,
  },
  {
    text: /plugin failed to exit gracefully/,
    why: "and for that reason it kills every process, Go plugins included",
    protocol: 4,
  },
  {
    text: /duplicate identity name.*"alias_canonical_id":"([^"]+)","alias_name":"([^"]+)","duplicate_of_canonical_id":"\1","duplicate_of_name":"\2"/,
    why: "an entity is disabled and enabled, and at each write Vault takes its alias for a duplicate of itself",
    product: "vault",
  },
  {
    text: /you're using 'allowed_parameters' or 'denied_parameters' in one or more policies/,
    why: "a policy keeps a parameter back, and Vault 1.21 tells of what changed there",
    product: "vault",
  },
  {
    text: /failed to fetch token namespace.*context canceled/,
    why: "a client goes away while OpenBao looks its token up, before any plugin is asked",
    product: "openbao",
  },
];

/** Warnings and errors in a server's log, from a line on, that do not belong to what the cases do. */
export function complaintsOf(server: ServerUnderTest, from = 0): readonly LogLine[] {
  return server
    .logs()
    .slice(from)
    .filter(({ level }) => level === "warn" || level === "error")
    .filter((line) => !isExpected(line, server));
}

/** What the whole run has left in the server's log; to be registered behind all other cases. */
export function logCases(server: () => ServerUnderTest): void {
  describe("the server's log", () => {
    test("has no warning and no error that a plugin of ours caused", () => {
      assert.deepEqual(complaintsOf(server()), []);
    });

    test("says that plugins run with the protocol version of this server and nothing else", () => {
      const versions = server()
        .logs()
        .filter(isNegotiation)
        .map(({ fields }) => fields["version"]);

      assert.ok(versions.length > 0, "no plugin was started");
      assert.deepEqual(new Set(versions), new Set([server().abilities.protocol]));
    });
  });
}

function isExpected(line: LogLine, { abilities, host }: ServerUnderTest): boolean {
  const text = JSON.stringify(line);
  return expected.some(
    ({ text: pattern, protocol = abilities.protocol, product = host.kind }) =>
      protocol === abilities.protocol && product === host.kind && pattern.test(text),
  );
}

// go-plugin's client writes this line once for each process, when the handshake is done.
function isNegotiation({ message }: LogLine): boolean {
  return message === "using plugin";
}
