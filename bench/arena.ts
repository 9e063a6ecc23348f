import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Client } from "../conformance/client.ts";
import { expectStatus } from "../conformance/expect.ts";
import { startVault } from "../conformance/hosts/vault.ts";
import { rootClient } from "../conformance/mounts.ts";
import { sha256 } from "../conformance/plugins.ts";
import { eventually, processesOf } from "../conformance/processes.ts";
import { root } from "../scripts/project.ts";
import { type Contestant, type Engine, place } from "./contestants.ts";
import { type LoadGenerator, startLoad } from "./load.ts";

/** The version of Vault that everything is measured in. */
export const vaultVersion = "1.21.4";

/** A Vault in which plugins of several contestants run side by side, and the load that they are put under. */
export interface Arena extends AsyncDisposable {
  readonly client: Client;
  readonly token: string;
  readonly load: LoadGenerator;
  /** Adds an engine of a contestant to the catalogue. Each name has a process of its own, which all of its mounts share. */
  register(contestant: Contestant, engine: Engine, name: string): Promise<void>;
  /** Enables a registered plugin, and gives the path of its mount. */
  mount(name: string, engine: Engine, at: string): Promise<string>;
  /** The process of a registered plugin. */
  processOf(name: string): number;
}

/** Starts a server in memory, with a load generator. */
export async function openArena(loadProgram: string): Promise<Arena> {
  const directory = await mkdtemp(join(root, ".cache", "bench", "plugins-"));
  const server = await startVault(vaultVersion, directory);
  const load = startLoad(loadProgram, server.address);
  const client = rootClient(server);
  const names: string[] = [];
  const processes = (name: string): readonly number[] => processesOf(join(directory, name));
  return {
    client,
    token: server.rootToken,
    load,

    async register({ files, env }, engine, name) {
      names.push(name);
      await place(files[engine], directory, name);
      const body = { sha256: sha256(join(directory, name)), command: name, env };
      expectStatus(await client.write(`sys/plugins/catalog/${kindOf(engine)}/${name}`, body), 204);
    },

    async mount(name, engine, at) {
      const isAuth = kindOf(engine) === "auth";
      expectStatus(await client.write(`sys/${isAuth ? "auth" : "mounts"}/${at}`, { type: name }), 204);
      return isAuth ? `auth/${at}` : at;
    },

    processOf(name) {
      const [pid, ...others] = processes(name);
      if (pid === undefined || others.length > 0) throw new Error(`not one process serves ${name}, as it should`);
      return pid;
    },

    async [Symbol.asyncDispose]() {
      await load[Symbol.asyncDispose]();
      await server.stop();
      await eventually(
        "the end of the plugins with their server",
        () => !names.some((name) => processes(name).length > 0),
      );
      await rm(directory, { recursive: true });
    },
  };
}

function kindOf(engine: Engine): "secret" | "auth" {
  return engine === "login" ? "auth" : "secret";
}
