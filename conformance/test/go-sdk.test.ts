import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { goSdkCases } from "../cases/go-sdk.ts";
import { whereGoIs } from "../go.ts";
import { buildGoHost } from "../hosts/go-build.ts";
import { type GoHost, startGoHost } from "../hosts/go-sdk.ts";
import { kv, mock, type PluginDirectory, preparePluginDirectory } from "../plugins.ts";

whereGoIs("Vault's SDK as the host", () => {
  describe("Vault's SDK 0.25.1 on go-plugin 1.8.0", () => {
    let binary = "";
    let directory: PluginDirectory | undefined;
    let host: GoHost | undefined;
    const running = (): GoHost => host ?? assert.fail("the host was not started");

    before(async () => {
      [binary, directory] = await Promise.all([buildGoHost("go-sdk"), preparePluginDirectory()]);
      host = startGoHost(binary, join(directory.path, mock.name));
      for (const mount of ["one", "two"]) await host.call({ call: "setup", mount });
    });
    after(async () => {
      await host?.stop();
      directory?.remove();
    });

    goSdkCases(running);

    test("writes, reads, lists and deletes with the key-value store", async () => {
      const store = startGoHost(binary, join(directory?.path ?? "", kv.name));
      await store.call({ call: "setup", mount: "kv" });
      const request = (operation: string, path: string, data?: unknown) =>
        store.call({ call: "request", mount: "kv", operation, path, ...(data === undefined ? {} : { data }) });

      const existence = await store.call({ call: "exists", mount: "kv", operation: "create", path: "a" });
      const written = await request("create", "a", { value: 1 });
      const read = await request("read", "a");
      const listed = await request("list", "");
      await request("delete", "a");
      const gone = await request("read", "a");
      await store.stop();

      assert.deepEqual([existence.value, written.error, gone.value], [[true, false], undefined, null]);
      assert.match(JSON.stringify([read.value, listed.value]), /"value":1.*"keys":\["a"\]/);
    });
  });
});
