import { expectStatus } from "../conformance/expect.ts";
import type { Arena } from "./arena.ts";
import type { Contestant, ContestantName } from "./contestants.ts";

/** How long reloads took, in milliseconds: from the request to the answer of the first read behind it. */
export interface Reloads {
  readonly contestant: ContestantName;
  readonly milliseconds: readonly number[];
}

/** Reloads a KV plugin with one mount again and again, and reads; contestants take turns. */
export async function measureReloads(
  arena: Arena,
  contestants: readonly Contestant[],
  times: number,
): Promise<readonly Reloads[]> {
  const runs: { readonly path: string; readonly contestant: ContestantName; readonly milliseconds: number[] }[] = [];
  for (const contestant of contestants) {
    const plugin = `${contestant.name}-reload`;
    await arena.register(contestant, "kv", plugin);
    const path = await arena.mount(plugin, "kv", plugin);
    expectStatus(await arena.client.write(`${path}/secret`, { text: "kept" }), 204);
    runs.push({ path, contestant: contestant.name, milliseconds: [] });
  }
  for (let round = 0; round < times; round += 1)
    for (const { path, milliseconds } of runs) {
      const started = performance.now();
      expectStatus(await arena.client.write("sys/plugins/reload/backend", { mounts: [`${path}/`] }), 200);
      expectStatus(await arena.client.read(`${path}/secret`), 200);
      milliseconds.push(performance.now() - started);
    }
  return runs.map(({ contestant, milliseconds }) => ({ contestant, milliseconds }));
}
