import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createConsoleLog, startHost } from "@vaultwright/host";
import manifest from "../package.json" with { type: "json" };

/** The built plugin, mounted in an embedded server. */
export interface MountedPlugin {
  /** Sends a request below the plugin's mount, with the root token unless another one is given, or `""` for none. */
  request(method: string, path: string, more?: { readonly body?: object; readonly token?: string }): Promise<Answer>;
  close(): Promise<void>;
}

/** What a server answers. */
export interface Answer {
  readonly data?: unknown;
  readonly auth?: { readonly client_token: string; readonly policies: readonly string[] };
}

/** Starts an embedded server, registers the file that was built, and mounts it. */
export async function startPlugin(): Promise<MountedPlugin> {
  const host = await startHost({ pluginDirectory: "dist", log: createConsoleLog(process.stderr, "warn") });
  const send: MountedPlugin["request"] = async (method, path, { body, token = host.rootToken } = {}) => {
    const response = await fetch(`${host.address}/v1/${path}`, {
      method,
      headers: { "X-Vault-Token": token },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
    return text === "" ? {} : JSON.parse(text);
  };
  const { name } = manifest;
  const command = process.platform === "win32" ? `${name}.exe` : name;
  const sha256 = createHash("sha256")
    .update(readFileSync(join("dist", command)))
    .digest("hex");
  await send("POST", `sys/plugins/catalog/auth/${name}`, { body: { command, sha256 } });
  await send("POST", "sys/auth/plugin", { body: { type: name } });
  return {
    request: (method, path, more) => send(method, `auth/plugin/${path}`, more),
    close: () => host.close(),
  };
}
