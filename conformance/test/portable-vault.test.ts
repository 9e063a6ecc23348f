import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { codeAt, key } from "../cases/totp-code.ts";
import { expectStatus, expectText } from "../expect.ts";
import { whereGoIs } from "../go.ts";
import type { ServerUnderTest } from "../hosts/server.ts";
import { serveVault } from "../hosts/vault.ts";
import { buildVault } from "../hosts/vault-build.ts";
import { register, useMount } from "../mounts.ts";
import { exampleAuth, kv, type PluginDirectory, totp } from "../plugins.ts";
import { preparePortableDirectory } from "../portable.ts";
import { makeRoot, type Root, type Shape, whyNoRoots } from "../roots.ts";

const plugins = [kv, totp, exampleAuth];
const shapes: readonly Shape[] = ["empty", "musl", "debian"];

whereGoIs("portable files in a Vault of another root", () => {
  let portable: PluginDirectory;
  before(async () => {
    portable = await preparePortableDirectory(plugins.map(({ name }) => name));
  });
  after(() => portable.remove());

  for (const shape of shapes) {
    describe(`Vault 1.21.4 without rights in a read-only root of the shape "${shape}"`, { skip: whyNoRoots() }, () => {
      let root: Root;
      let server: ServerUnderTest;
      before(async () => {
        root = makeRoot(shape);
        root.add(await buildVault("1.21.4"), "vault");
        for (const { name } of plugins) root.add(join(portable.path, name), name);
        const options = { user: "65534:65534", tmp: "tmpfs -o noexec" } as const;
        const child = root.start(options, "/opt/vault", ["-plugin-directory", "/opt"]);
        server = await serveVault("1.21.4", child, join(root.path, "opt"));
        for (const plugin of plugins) await register(server, plugin);
      });
      after(async () => {
        await server.stop();
        root.remove();
      });

      describe("serves", () => {
        const secrets = useMount(() => server, kv);
        const codes = useMount(() => server, totp);
        const users = useMount(() => server, exampleAuth);

        test("a secret of the KV engine", async () => {
          const { client, path } = secrets();
          expectStatus(await client.write(`${path}/team/a`, { value: "1" }), 204);

          assert.deepEqual(expectStatus(await client.read(`${path}/team/a`), 200).at("data"), { value: "1" });
        });

        test("a code of the TOTP engine", async () => {
          const { client, path } = codes();
          expectStatus(await client.write(`${path}/keys/a`, { key, period: 300 }), 204);
          const around = [Date.now()];
          const code = expectText(expectStatus(await client.read(`${path}/code/a`), 200), "data", "code");
          around.push(Date.now());

          assert.ok(around.map((timeMs) => codeAt(timeMs, 300)).includes(code));
        });

        test("a login of the example auth method", async () => {
          const { client, path } = users();
          expectStatus(await client.write(`${path}/users/bob`, { password: "pw", token_policies: "a" }), 204);

          const login = await client.withToken(undefined).write(`${path}/login/bob`, { password: "pw" });

          assert.deepEqual(expectStatus(login, 200).at("auth", "policies"), ["a", "default"]);
        });
      });
    });
  }
});
