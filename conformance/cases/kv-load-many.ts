import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, type TestContext, test } from "node:test";
import type { Answer } from "../client.ts";
import { expectNumber, expectStatus } from "../expect.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { kv } from "../plugins.ts";
import { processesOf } from "../processes.ts";
import type { Cases } from "../suite.ts";
import { useVersionedMount } from "./kv-upgrade.ts";

const versions = 10;
const clients = 32;
/** What a mount may need beside what it needed when a tenth of its secrets was written. */
const growthMb = 96;

/** Many secrets with all the versions that a mount keeps by default. */
export function kvManyKeysCases({ keys }: { readonly keys: number }): Cases {
  return (server) => {
    describe(`kv version 2 with ${keys} secrets of ${versions} versions`, () => {
      const mount = useVersionedMount(server);
      const names = Array.from({ length: keys }, (_, number) => `secret-${String(number).padStart(6, "0")}`);
      let settledMb = 0;

      before(
        async () => {
          await writeAll(names.slice(0, keys / 10));
          settledMb = memoryMb(server());
          await writeAll(names.slice(keys / 10));
        },
        { timeout: 1_800_000 },
      );

      test("lists them and reads each of their versions", { timeout: 600_000 }, async () => {
        const { client, path } = mount();

        assert.deepEqual(expectStatus(await client.list(`${path}/metadata/many/`), 200).at("data", "keys"), names);
        const alive = await client.list(`${path}/metadata/many/?exclude_deleted=true`);
        if (server().host.kind === "vault") assert.deepEqual(expectStatus(alive, 200).at("data", "keys"), names);
        for (const name of [names[0], names[Math.floor(keys / 2)], names.at(-1)])
          for (let version = 1; version <= versions; version += 1) {
            const found = expectStatus(await client.read(`${path}/data/many/${name}?version=${version}`), 200);
            assert.deepEqual(found.at("data", "data"), contentOf(`${name}`, version));
          }
      });

      test("lists them with details where the server knows such lists", { timeout: 600_000 }, async () => {
        const { client, path } = mount();

        const answer = await client.list(`${path}/detailed-metadata/many/`);

        if (server().host.kind === "vault") {
          expectStatus(answer, 404);
          return;
        }
        assert.deepEqual(expectStatus(answer, 200).at("data", "keys"), names);
        assert.equal(answer.at("data", "key_info", names[0] ?? "", "current_version"), versions);
      });

      test("finds, deletes and brings back all of them", { timeout: 600_000 }, async (t) => {
        const { client, path } = mount();
        expectStatus(await client.write(`${path}/config/extensions`, { search: true }), 204);
        const total = { secrets: keys, versions: keys * versions };

        const found: unknown[] = [];
        for await (const answer of pages(t, "search", (after) => client.read(`${path}/search/many?after=${after}`)))
          found.push(...[answer.at("data", "keys")].flat());
        assert.deepEqual(found, names);
        for (const operation of ["delete-tree", "undelete-tree"])
          for (const dry_run of [true, false]) {
            const counts = { secrets: 0, versions: 0 };
            const ask = (after: string) => client.write(`${path}/${operation}/many`, { dry_run, after });
            for await (const answer of pages(t, `${operation}${dry_run ? ", counted" : ""}`, ask)) {
              counts.secrets += expectNumber(answer, "data", "secrets");
              counts.versions += expectNumber(answer, "data", "versions");
            }
            assert.deepEqual(counts, total);
          }
        expectStatus(await client.read(`${path}/data/many/${names[0]}?version=1`), 200);
      });

      test("needs no more memory for many than for some", { skip: process.platform !== "linux" }, async (t) => {
        const { client, path } = mount();
        const writtenMb = memoryMb(server());
        await Promise.all(Array.from({ length: 8 }, () => client.list(`${path}/metadata/many/?exclude_deleted=true`)));

        const endMb = memoryMb(server());

        t.diagnostic(
          `${Math.round(settledMb)} MB with a tenth of the secrets, ${Math.round(writtenMb)} MB with all, ${Math.round(endMb)} MB after lists`,
        );
        assert.ok(endMb <= settledMb + growthMb, `grew from ${settledMb} MB to ${endMb} MB`);
      });

      async function writeAll(some: readonly string[]): Promise<void> {
        const { client, path } = mount();
        const left = [...some];
        const write = async (): Promise<void> => {
          for (let name = left.pop(); name !== undefined; name = left.pop())
            for (let version = 1; version <= versions; version += 1)
              expectStatus(await client.write(`${path}/data/many/${name}`, { data: contentOf(name, version) }), 200);
        };
        await Promise.all(Array.from({ length: clients }, write));
      }
    });
  };
}

/** Asks again as long as an answer says where to go on. */
async function* pages(
  t: TestContext,
  what: string,
  ask: (after: string) => Promise<Answer>,
): AsyncGenerator<Answer, void, undefined> {
  const times: number[] = [];
  for (let after: unknown = ""; after !== undefined; ) {
    const start = Date.now();
    const answer = expectStatus(await ask(String(after)), 200);
    times.push(Date.now() - start);
    after = answer.at("data", "next");
    yield answer;
  }
  t.diagnostic(`${what}: ${times.length} requests, the longest ${Math.max(...times)} ms`);
}

function contentOf(name: string, version: number): object {
  return { name, version, filling: "x".repeat(200) };
}

/** What the processes of the plugin hold that is theirs alone. */
function memoryMb({ pluginDirectory }: ServerUnderTest): number {
  if (process.platform !== "linux") return 0;
  const kilobytes = processesOf(join(pluginDirectory, kv.name)).map((pid) => {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1]);
  });
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024;
}
