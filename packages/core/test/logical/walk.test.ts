import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { clearStorage, listPages, walk } from "../../src/index.ts";
import type { Storage } from "../../src/logical/storage.ts";
import { createMemoryStorage, type MemoryStorage } from "../../src/testing/index.ts";

async function holding(...keys: readonly string[]): Promise<MemoryStorage> {
  const storage = createMemoryStorage();
  for (const key of keys) await storage.put({ key, value: Uint8Array.of(1) });
  return storage;
}

/** Notes how often a storage is listed. */
function counting(storage: Storage): { readonly storage: Storage; lists: number } {
  const counted = {
    lists: 0,
    storage: {
      ...storage,
      list: (...parameters: Parameters<Storage["list"]>) => {
        counted.lists += 1;
        return storage.list(...parameters);
      },
    },
  };
  return counted;
}

const example = ["a", "b", "d", "foo", "foo42", "foo/a/b/c", "c/d/e/f/g"];

describe("a walk", () => {
  test("gives the keys of a folder, then those of its folders, the last one first [S125]", async () => {
    const storage = await holding(...example);

    assert.deepEqual(await Array.fromAsync(walk(storage)), example);
    assert.deepEqual(await Array.fromAsync(walk(storage, "", { pageSize: 2 })), example);
  });

  test("gives the keys that begin with a text, without looking elsewhere [S126]", async () => {
    const counted = counting(await holding(...example));

    assert.deepEqual(await Array.fromAsync(walk(counted.storage, "foo")), ["foo", "foo42", "foo/a/b/c"]);
    assert.equal(counted.lists, 4);
    assert.deepEqual(await Array.fromAsync(walk(counted.storage, "foo/")), ["foo/a/b/c"]);
    assert.equal(counted.lists, 7);
    assert.deepEqual(await Array.fromAsync(walk(counted.storage, "nowhere/")), []);
  });

  test("gives a key that ends in a slash once", async () => {
    const storage = await holding("baz/", "baz/a");

    assert.deepEqual(await Array.fromAsync(walk(storage)), ["baz/", "baz/a"]);
  });

  test("lists nothing more once its reader stops", async () => {
    const counted = counting(await holding(...example));

    for await (const key of walk(counted.storage)) if (key === "b") break;

    assert.equal(counted.lists, 1);
  });

  test("ends with the caller's reason when the caller gives up", async () => {
    const controller = new AbortController();
    const seen: string[] = [];

    const walking = async (storage: Storage) => {
      for await (const key of walk(storage, "", { signal: controller.signal })) {
        seen.push(key);
        controller.abort();
      }
    };

    await assert.rejects(walking(await holding("a", "b")), { name: "AbortError" });
    assert.deepEqual(seen, ["a"]);
  });
});

describe("pages", () => {
  test("end with the one that is not full, without a call in vain [S129]", async () => {
    const counted = counting(await holding("a", "b", "c", "d", "e"));
    const seen: string[] = [];

    for await (const page of listPages(counted.storage, "", { pageSize: 2 })) {
      for (const name of page) seen.push(name);
      seen.push(`page of ${page.length}`);
    }

    assert.deepEqual(seen, ["a", "b", "page of 2", "c", "d", "page of 2", "e", "page of 1"]);
    assert.equal(counted.lists, 3);
  });

  test("stop in the middle when their reader does [S130]", async () => {
    const counted = counting(await holding("a", "b", "c", "d", "e"));
    const finished: (readonly string[])[] = [];

    pages: for await (const page of listPages(counted.storage, "", { pageSize: 2 })) {
      for (const name of page) if (name === "c") break pages;
      finished.push(page);
    }

    assert.deepEqual(finished, [["a", "b"]]);
    assert.equal(counted.lists, 2);
  });

  test("are one where no size is given, and none where nothing is", async () => {
    assert.deepEqual(await Array.fromAsync(listPages(await holding("a", "b/c"), "")), [["a", "b/"]]);
    assert.deepEqual(await Array.fromAsync(listPages(await holding(), "", { pageSize: 2 })), []);
  });
});

describe("clearing", () => {
  test("removes everything, or what begins with a text [S127]", async () => {
    const storage = await holding(...example);

    await clearStorage(storage, "foo");
    assert.deepEqual(storage.keys(), ["a", "b", "c/d/e/f/g", "d"]);

    await clearStorage(storage, "", { pageSize: 1 });
    assert.deepEqual(storage.keys(), []);
  });

  test("of an empty storage does nothing", async () => {
    await assert.doesNotReject(clearStorage(await holding()));
  });
});
