import { hostCertificate } from "../conformance/certificates.ts";
import { cookie, runToHandshake } from "../conformance/plugin-process.ts";
import { type Contestant, type ContestantName, type Engine, engines } from "./contestants.ts";
import { processorTime } from "./processor-time.ts";

/** What one start took, in milliseconds. */
export interface Start {
  readonly wall: number;
  /** Processor time of all threads until the handshake. */
  readonly processor: number;
}

/** The starts of each contestant's engines. */
export interface Starts {
  readonly contestant: ContestantName;
  readonly engine: Engine;
  readonly starts: readonly Start[];
}

/** Starts plugins as a server does, with mutual TLS, up to the handshake line; in turn, so many times each. */
export async function measureStarts(contestants: readonly Contestant[], times: number): Promise<readonly Starts[]> {
  const { cert } = await hostCertificate();
  const mutualTls = { PLUGIN_PROTOCOL_VERSIONS: "5", PLUGIN_CLIENT_CERT: cert, VAULT_PLUGIN_AUTOMTLS_ENABLED: "true" };
  const runs = contestants.flatMap((contestant) =>
    engines.map((engine) => ({ contestant, engine, starts: [] as Start[] })),
  );
  // The first ones read the files into memory.
  for (let round = -1; round < times; round += 1)
    for (const { contestant, engine, starts } of runs) {
      const variables = Object.fromEntries(contestant.env.map((each) => each.split(/=(.*)/s, 2)));
      const start = await startOnce(contestant.files[engine], { ...cookie, ...mutualTls, ...variables });
      if (round >= 0) starts.push(start);
    }
  return runs.map(({ contestant, engine, starts }) => ({ contestant: contestant.name, engine, starts }));
}

async function startOnce(file: string, env: Readonly<Record<string, string>>): Promise<Start> {
  const started = performance.now();
  const plugin = await runToHandshake(file, env);
  const wall = performance.now() - started;
  const processor = processorTime(plugin.pid) / 1000;
  await plugin.kill();
  return { wall, processor };
}
