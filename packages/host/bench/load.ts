import { Agent, request } from "node:http";

/** How to load a server. */
export interface Load {
  readonly url: string;
  readonly token: string;
  readonly connections: number;
  readonly seconds: number;
}

/** Reads one URL over and over on several connections, and gives how many answers came and how long each took, in milliseconds. */
export async function load({ url, token, connections, seconds }: Load): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const until = performance.now() + seconds * 1000;
  const durations: number[] = [];
  const client = async (): Promise<void> => {
    while (performance.now() < until) {
      const begun = performance.now();
      await get(url, { agent, token });
      durations.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  agent.destroy();
  return durations.sort((a, b) => a - b);
}

function get(url: string, { agent, token }: { readonly agent: Agent; readonly token: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, headers: { "X-Vault-Token": token } }, (response) => {
      response.resume();
      response.on("end", () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`answered with ${response.statusCode}`)),
      );
    });
    sent.on("error", reject);
    sent.end();
  });
}
