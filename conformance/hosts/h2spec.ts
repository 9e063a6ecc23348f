import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { buildGoHost } from "./go-build.ts";

/** What became of a case. */
export interface Outcome {
  readonly case: string;
  readonly title: string;
  readonly result: "passed" | "failed" | "skipped";
  readonly detail?: string;
}

/** Runs all cases of h2spec for servers, the strict ones too, over TLS if a client's certificate is given. */
export async function testServer(
  address: string,
  client?: { readonly certificate: string; readonly key: string },
): Promise<readonly Outcome[]> {
  const file = await buildGoHost("h2spec");
  const args = ["server", address, ...(client ? [client.certificate, client.key] : [])];
  const { stdout } = await promisify(execFile)(file, args, { maxBuffer: 1 << 24 });
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}
