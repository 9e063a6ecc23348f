import assert from "node:assert/strict";
import { test } from "node:test";
import { type Backend, InternalError } from "@vaultwright/core/launch";
import type { FakePlugin } from "../fake-plugins.ts";
import { silentLog } from "../silent-log.ts";
import { startTestHost } from "../test-host.ts";

test("describes all mounts in one document", async () => {
  await using host = await startTestHost({ told: describing() });
  await host.mount("secret", "told", "team/kv");

  const answer = await host.call("GET", "sys/internal/specs/openapi");

  const { openapi, paths, components } = answer.body;
  assert.equal(answer.status, 200);
  assert.equal(openapi, "3.0.2");
  assert.deepEqual(paths["/team/kv/x/{name}"], {
    get: { operationId: "told-read-x", summary: "Read." },
    post: { summary: "Write.", operationId: "postTeamKvXName" },
    parameters: [{ name: "name", in: "path" }],
  });
  assert.deepEqual(components.schemas.ToldXRequest, { type: "object" });
  assert.deepEqual(paths["/sys/policies/acl/{name}"].get.tags, ["system"]);
  assert.equal(paths["/auth/token/roles/"].get.operationId, "getAuthTokenRoles");
});

test("puts parameters in the place of mounts for those who generate code", async () => {
  await using host = await startTestHost({ told: describing() });
  await host.mount("secret", "told", "my-kv");

  const { body } = await host.call("POST", "sys/internal/specs/openapi", {
    body: { generic_mount_paths: true, context: "mine" },
  });

  const path = body.paths["/{my_kv_mount_path}/x/{name}"];
  assert.deepEqual(path.parameters[1], {
    name: "my_kv_mount_path",
    description: "Path that the backend was mounted at",
    in: "path",
    schema: { type: "string", default: "my-kv" },
    required: true,
  });
  assert.equal(path.post.operationId, "postMy_kvXName_mine");
  assert.ok(body.paths["/cubbyhole/{path}"]);
});

test("describes only what the caller may see", async () => {
  await using host = await startTestHost({ told: describing() });
  await host.mount("secret", "told", "kv");
  const { body } = await host.call("POST", "auth/token/create", { body: { policies: ["default"] } });

  const own = await host.call("GET", "sys/internal/specs/openapi", { token: body.auth.client_token });
  const nobody = await host.call("GET", "sys/internal/specs/openapi", { token: "" });

  assert.equal(own.body.paths["/kv/x/{name}"], undefined);
  assert.ok(own.body.paths["/cubbyhole/{path}"]);
  assert.deepEqual(nobody.body.paths, {});
});

test("leaves out a plugin that does not describe itself, and says so in the log", async () => {
  const warnings: string[] = [];
  const log = { ...silentLog, warn: (message: string) => void warnings.push(message) };
  const mute: FakePlugin = {
    factory: () => ({
      ...backend,
      handleRequest: async () => {
        throw new InternalError("broken");
      },
    }),
  };
  await using host = await startTestHost({ mute }, { log: { ...log, with: () => log } });
  await host.mount("secret", "mute");

  const answer = await host.call("GET", "sys/internal/specs/openapi");

  assert.equal(answer.status, 200);
  assert.ok(warnings.includes("a mount does not describe itself"));
});

test("helps with its own paths as plugins do", async () => {
  await using host = await startTestHost();

  const root = await host.call("GET", "sys/policies/acl?help=1");
  const all = await host.call("GET", "auth/token?help=1");

  assert.equal(root.body.help, "List the policies.");
  assert.deepEqual(Object.keys(root.body.openapi.paths), ["/policies/acl/"]);
  assert.match(all.body.help, /^token based credentials\n/);
  assert.match(all.body.help, /^ {4}auth\/token\/lookup-self\n {8}Look at the token that asks\.$/m);
  assert.ok(all.body.openapi.paths["/lookup-self"].get);
});

function describing(): FakePlugin {
  return { factory: () => backend };
}

const backend: Backend = {
  type: "secret",
  checkExistence: async () => undefined,
  async handleRequest({ operation, data }) {
    if (operation !== "help") return undefined;
    const prefix = data?.["requestResponsePrefix"];
    const x = {
      get: { operationId: `${prefix}-read-x`, summary: "Read." },
      post: { summary: "Write." },
      parameters: [{ name: "name", in: "path" }],
    };
    const schemas = { ToldXRequest: { type: "object" } };
    return { data: { help: "", see_also: null, openapi: { paths: { "/x/{name}": x }, components: { schemas } } } };
  },
};
