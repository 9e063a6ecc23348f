import assert from "node:assert/strict";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { createDice, type Dice } from "../fuzz.ts";
import { buildGoHost } from "../hosts/go-build.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { enable, register, rootClient } from "../mounts.ts";
import { kv, type Plugin } from "../plugins.ts";
import { seedFrom } from "../seed.ts";
import type { Cases } from "../suite.ts";
import { acceptedDifferences } from "./kv-differential-accepted.ts";
import { normalForm, type Reading } from "./kv-differential-normal-form.ts";
import { plainRequest } from "./kv-differential-plain-requests.ts";
import { versionedRequest } from "./kv-differential-requests.ts";
import { type KvRequest, sendKv } from "./kv-differential-send.ts";
import { upgradeMount } from "./kv-upgrade.ts";

/** HashiCorp's plugin, in the same server. */
const reference: Plugin = { name: "kv-go", type: "secret" };
/** Then another folder is used, so that a difference can be reduced by sending its sequence again. */
const sequenceLength = 150;
const enoughDifferences = 8;

/** A pair of mounts, one of each plugin. */
interface Pair {
  readonly name: string;
  readonly parameters: object;
  readonly isVersioned: boolean;
  readonly ignoresLeases: boolean;
  /** Of all requests, in a hundred. */
  readonly share: number;
  make(dice: Dice): KvRequest;
}

const pairs: readonly Pair[] = [
  { name: "v2", parameters: {}, isVersioned: true, ignoresLeases: false, share: 70, make: versionedRequest },
  { name: "v1", parameters: {}, isVersioned: false, ignoresLeases: true, share: 20, make: plainRequest },
  {
    name: "v1-leased",
    parameters: { options: { leased_passthrough: "true" } },
    isVersioned: false,
    ignoresLeases: false,
    share: 10,
    make: plainRequest,
  },
];

/** Sends the same requests to the KV plugin in Go and to ours, and expects the same answers. */
export function kvDifferentialCases({ requests }: { readonly requests: number }): Cases {
  const seed = seedFrom("KV_SEED");
  const count = Number(process.env["KV_COUNT"] ?? requests);

  return (server) => {
    describe(`${count} requests to the KV plugin in Go and to ours (KV_SEED=${seed})`, () => {
      before(async () => {
        await copyFile(await buildGoHost("kv-go"), join(server().pluginDirectory, reference.name));
        await register(server(), reference);
      });

      for (const pair of pairs) {
        test(`are answered alike by mounts ${pair.name}`, { timeout: 3_600_000 }, async (t) => {
          const compare = await mountBoth(server(), pair);
          const dice = createDice(seed);
          const tally = new Map<string, number>();
          const differences: string[] = [];
          const total = (count * pair.share) / 100;
          for (let sent = 0; sent < total && differences.length < enoughDifferences; ) {
            const sequence = Array.from({ length: sequenceLength }, () => pair.make(dice));
            const found = await compare(sequence, tally);
            sent += found ? found.at + 1 : sequenceLength;
            if (found && !found.isAccepted)
              differences.push(await describeShortest(compare, sequence.slice(0, found.at + 1), found));
          }
          t.diagnostic(JSON.stringify(Object.fromEntries([...tally].sort())));
          assert.ok(differences.length === 0, differences.join("\n\n"));
        });
      }
    });
  };
}

/** The first request of a sequence that was not answered alike. */
interface Difference {
  readonly at: number;
  readonly isAccepted: boolean;
  readonly go: string;
  readonly ours: string;
}

/** Sends a sequence to both until they differ. What they hold is not the same from then on. */
type Compare = (sequence: readonly KvRequest[], tally?: Map<string, number>) => Promise<Difference | undefined>;

let folders = 0;

// The plugin in Go cannot revoke its leases, so its mounts cannot be disabled; all of them end with the server.
async function mountBoth(server: ServerUnderTest, pair: Pair): Promise<Compare> {
  const client = rootClient(server);
  const targets = [
    { plugin: reference, path: `go-${pair.name}` },
    { plugin: kv, path: `ours-${pair.name}` },
  ] as const;
  for (const { plugin, path } of targets) {
    await enable(client, plugin, path, pair.parameters);
    if (pair.isVersioned) await upgradeMount(client, path);
  }
  const address = { address: server.address, token: server.rootToken };
  const send = (request: KvRequest) =>
    Promise.all([
      sendKv({ ...address, path: targets[0].path }, request),
      sendKv({ ...address, path: targets[1].path }, request),
    ]);
  const reading = (mount: string): Reading => ({ mount, ignoresLeases: pair.ignoresLeases });

  return async (sequence, tally = new Map()) => {
    const folder = `f${++folders}/`;
    if (pair.isVersioned) {
      const body = JSON.stringify({ max_versions: 0, cas_required: false, delete_version_after: "0s" });
      await send({ method: "POST", path: "config", body });
    }
    for (const [at, { path, ...request }] of sequence.entries()) {
      const sent = { ...request, path: path.replace("@", folder) };
      const [go, ours] = await send(sent);
      const texts = { go: normalForm(go, reading(targets[0].path)), ours: normalForm(ours, reading(targets[1].path)) };
      const accepted = acceptedDifferences.find(({ isIt }) => isIt(sent, go, ours));
      const key = texts.go === texts.ours ? `${go.status}` : `differs: ${accepted?.reason}`;
      tally.set(key, (tally.get(key) ?? 0) + 1);
      if (texts.go !== texts.ours) return { at, isAccepted: accepted !== undefined, ...texts };
    }
    return undefined;
  };
}

/** Takes requests away, many at once and then single ones, as long as there is still a difference, and tells what is left. */
async function describeShortest(compare: Compare, sequence: readonly KvRequest[], found: Difference): Promise<string> {
  let shortest = sequence;
  let difference = found;
  for (let size = Math.ceil(sequence.length / 2); size >= 1; size = Math.floor(size / 2)) {
    // The last one is where they differ.
    for (let end = shortest.length - 1; end > 0; end = Math.min(end - size, shortest.length - 1)) {
      const from = Math.max(0, end - size);
      const shorter = shortest.toSpliced(from, end - from);
      const still = await compare(shorter);
      if (!still || still.isAccepted) continue;
      shortest = shorter.slice(0, still.at + 1);
      difference = still;
    }
  }
  const steps = shortest.map(({ method, path, body = "" }) => `${method} ${path} ${body}`);
  return [...steps, `Go: ${difference.go}`, `ours: ${difference.ours}`].join("\n");
}
