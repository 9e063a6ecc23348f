import { join } from "node:path";
import { after, before } from "node:test";
import { type Client, createClient } from "./client.ts";
import { expectNumber, expectStatus } from "./expect.ts";
import type { ServerUnderTest } from "./hosts/server.ts";
import { type Plugin, sha256 } from "./plugins.ts";

/** A place where a plugin is enabled for some tests, and a client with the root token. */
export interface Mount {
  readonly path: string;
  readonly client: Client;
}

let mounts = 0;

/** Enables a plugin for the surrounding suite and disables it again behind it. */
export function useMount(server: () => ServerUnderTest, plugin: Plugin, parameters: object = {}): () => Mount {
  const name = `mount-${++mounts}`;
  const path = plugin.type === "auth" ? `auth/${name}` : name;
  before(async () => {
    await enable(rootClient(server()), plugin, name, parameters);
  });
  after(async () => {
    expectStatus(await rootClient(server()).delete(managementPath(plugin, name)), 204);
  });
  return () => ({ path, client: rootClient(server()) });
}

/** Makes a client with the root token. */
export function rootClient(server: Pick<ServerUnderTest, "address" | "rootToken">): Client {
  return createClient(server.address, server.rootToken);
}

/** Adds a plugin of the plugin directory to the catalogue, under its own name. */
export async function register(
  server: Pick<ServerUnderTest, "address" | "rootToken" | "pluginDirectory">,
  plugin: Plugin,
): Promise<void> {
  const body = { sha256: sha256(join(server.pluginDirectory, plugin.name)), command: plugin.name };
  expectStatus(await rootClient(server).write(`sys/plugins/catalog/${plugin.type}/${plugin.name}`, body), 204);
}

/** Enables a registered plugin. */
export async function enable(client: Client, plugin: Plugin, name: string, parameters: object = {}): Promise<void> {
  expectStatus(await client.write(managementPath(plugin, name), { type: plugin.name, ...parameters }), 204);
}

/** The API's path for enabling, tuning and disabling. */
export function managementPath(plugin: Plugin, name: string): string {
  return `sys/${plugin.type === "auth" ? "auth" : "mounts"}/${name}`;
}

/** Makes a token that may do what this policy says. */
export async function tokenFor(client: Client, name: string, policy: string): Promise<Client> {
  expectStatus(await client.write(`sys/policies/acl/${name}`, { policy }), 204);
  const answer = expectStatus(await client.write("auth/token/create", { policies: [name] }), 200);
  return client.withToken(String(answer.at("auth", "client_token")));
}

/** The id of the process that serves a mount of the mock plugin. */
export async function processId({ client, path }: Mount): Promise<number> {
  return expectNumber(expectStatus(await client.read(`${path}/counter`), 200), "data", "pid");
}
