import { type Path, type SecretsEngineDefinition, secretsEngine } from "../../src/index.ts";
import { type Harness, harness } from "../../src/testing/index.ts";

/** Mounts a secrets engine of some paths. */
export function mounted(paths: readonly Path[], more: Partial<SecretsEngineDefinition> = {}): Promise<Harness> {
  return harness(() => secretsEngine({ help: "A sample.", paths, ...more }));
}
