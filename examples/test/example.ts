import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe } from "node:test";
import { compile } from "../../scripts/compile.ts";
import { register } from "../../scripts/start/load.ts";
import { connectServer, mustSucceed, type VaultServer } from "../../scripts/start/server.ts";

/** An example, with tests that its binary must pass in every server. */
export interface Example {
  readonly folder: string;
  readonly name: string;
  readonly type: "secret" | "auth";
  readonly cases: (server: () => VaultServer) => void;
}

/** A server that examples are loaded into. */
export interface ExampleServer {
  readonly address: string;
  readonly rootToken: string;
  close(): Promise<void>;
}

/** Compiles examples, mounts each in a server at the name of its folder, and runs its cases there. */
export function runExamples(
  title: string,
  examples: readonly Example[],
  start: (pluginDirectory: string) => Promise<ExampleServer>,
): void {
  describe(title, () => {
    let directory = "";
    let server: ExampleServer | undefined;
    let connection: VaultServer | undefined;

    before(async () => {
      directory = await mkdtemp(join(tmpdir(), "vaultwright-examples-"));
      for (const { folder, name } of examples)
        await compile(join(import.meta.dirname, "..", folder, "main.ts"), join(directory, name));
      server = await start(directory);
      connection = connectServer(new URL(server.address), server.rootToken);
      for (const { folder, name, type } of examples) {
        await register(connection, { name, version: "v0.1.0", type }, join(directory, name));
        const where = `${type === "auth" ? "sys/auth" : "sys/mounts"}/${folder}`;
        await mustSucceed(`mount ${folder}`, connection.client.write(where, { type: name }));
      }
    });

    after(async () => {
      await server?.close();
      await rm(directory, { recursive: true, force: true });
    });

    for (const { folder, cases } of examples)
      describe(folder, () => {
        cases(() => {
          if (!connection) throw new Error("the server was not started");
          return connection;
        });
      });
  });
}
