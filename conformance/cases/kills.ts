import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { type Client, createClient } from "../client.ts";
import { expectStatus, expectText } from "../expect.ts";
import { type EmbeddedProcess, startEmbeddedProcess } from "../hosts/embedded-process.ts";
import { enable, register } from "../mounts.ts";
import { kv, type PluginDirectory, preparePluginDirectory } from "../plugins.ts";

const writers = 8;

/** What a client was told is kept: values by their paths, and accessors of tokens. */
interface Acknowledged {
  readonly values: Map<string, number>;
  readonly accessors: Set<string>;
}

/** Kills an embedded host with a data folder again and again while it is written to. */
export function killCases({ kills }: { readonly kills: number }): void {
  describe("an embedded host with a data folder", () => {
    const data = mkdtempSync(join(tmpdir(), "host-data-"));
    const acknowledged: Acknowledged = { values: new Map(), accessors: new Set() };
    let plugins: PluginDirectory;
    let host: EmbeddedProcess | undefined;

    async function start(): Promise<Client> {
      host = await startEmbeddedProcess(plugins.path, data);
      return createClient(host.address, host.rootToken);
    }

    before(async () => {
      plugins = await preparePluginDirectory();
      const client = await start();
      assert.ok(host);
      await register({ ...host, pluginDirectory: plugins.path }, kv);
      await enable(client, kv, "kept");
      await host.stop();
    });

    after(async () => {
      await host?.kill();
      plugins.remove();
      rmSync(data, { recursive: true });
    });

    test(`has every write that it acknowledged after each of ${kills} kills`, async (t) => {
      for (let kill = 1; kill <= kills; kill += 1) {
        const client = await start();
        assert.ok(host);
        const stop = new AbortController();
        const load = Promise.all(
          Array.from({ length: writers }, (_, writer) => write(client, `${kill}-${writer}`, acknowledged, stop.signal)),
        );
        await delay(100 + Math.random() * 400);
        await host.kill();
        stop.abort();
        await load;
        const again = await start();
        // All of them each time would be read a hundred times.
        await expectKept(again, kill === kills ? acknowledged : newest(acknowledged));
        await host.kill();
      }
      t.diagnostic(`${acknowledged.values.size} values and ${acknowledged.accessors.size} tokens were acknowledged`);
      assert.ok(acknowledged.values.size > kills && acknowledged.accessors.size > 0);
    });
  });
}

/** Writes until the host is gone. */
async function write(client: Client, name: string, kept: Acknowledged, stop: AbortSignal): Promise<void> {
  for (let number = 0; !stop.aborted; number += 1) {
    try {
      const path = `kept/${name}/${number % 20}`;
      // What is under way when the host dies may be kept or not, so it counts as neither the old value nor the new one.
      kept.values.delete(path);
      expectStatus(await client.write(path, { number }), 204);
      kept.values.set(path, number);
      if (number % 10 > 0) continue;
      const token = expectStatus(await client.write("auth/token/create", { ttl: "1h", policies: ["default"] }), 200);
      kept.accessors.add(expectText(token, "auth", "accessor"));
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      // The connection ended with the process.
      return;
    }
  }
}

async function expectKept(client: Client, { values, accessors }: Acknowledged): Promise<void> {
  for (const [path, number] of values)
    assert.equal(expectStatus(await client.read(path), 200).at("data", "number"), number, path);
  for (const accessor of accessors) expectStatus(await client.write("auth/token/lookup-accessor", { accessor }), 200);
}

function newest({ values, accessors }: Acknowledged): Acknowledged {
  return { values: new Map([...values].slice(-writers * 20)), accessors: new Set([...accessors].slice(-50)) };
}
