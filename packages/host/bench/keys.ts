// `node --expose-gc --conditions=@vaultwright/source packages/host/bench/keys.ts [KEYS]`: how much memory each stored key
// takes, in memory and in a data directory, while their number grows, and how long a page of a list takes.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMemoryStore } from "../src/storage/memory-store.ts";
import { createMountStorage } from "../src/storage/mount-storage.ts";
import { openSqliteStore } from "../src/storage/sqlite-store.ts";
import type { Store } from "../src/storage/store.ts";

const most = Number(process.argv[2] ?? 100_000);
const directory = mkdtempSync(join(tmpdir(), "host-bench-"));
try {
  await measure("in memory", createMemoryStore());
  await measure("in a data directory", openSqliteStore(directory));
} finally {
  rmSync(directory, { recursive: true });
}

async function measure(name: string, store: Store): Promise<void> {
  const storage = createMountStorage({ store, name: "mount/a", kind: "openbao" });
  const empty = used();
  for (let step = 1; step <= 4; step += 1) {
    const keys = (most / 4) * step;
    store.atomically(() => {
      for (let number = (most / 4) * (step - 1); number < keys; number += 1)
        store.put("mount/a", keyOf(number), Buffer.alloc(100, number));
    });
    const begun = performance.now();
    await storage.list("folder/", { after: `${most}`, limit: 100 });
    const tookMs = performance.now() - begun;
    const bytes = (used() - empty) / keys;
    console.log(
      `${name}: ${keys} keys of 100 bytes, ${bytes.toFixed(0)} bytes each, a page in ${tookMs.toFixed(1)} ms`,
    );
  }
  store.close();
}

/** Not in their order, so that each comes between others. */
function keyOf(number: number): string {
  return `folder/${(number * 7919) % 1_000_003}`;
}

function used(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
