import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServerUnderTest } from "../hosts/server.ts";
import { serverEnvironment } from "../hosts/server-process.ts";

/** What a command did. */
export interface CommandResult {
  readonly code: number;
  /** What it printed, parsed where it is JSON. */
  readonly output: unknown;
  readonly error: string;
}

/** The program `vault` or `bao`, which talks to a server. */
export interface CommandLine extends Disposable {
  run(...args: readonly string[]): Promise<CommandResult>;
}

/** Makes a program talk to a server with the root token, in JSON, and from a home of its own. */
export function commandLine(program: string, { address, rootToken }: ServerUnderTest): CommandLine {
  const home = mkdtempSync(join(tmpdir(), "command-"));
  const settings = { VAULT_ADDR: address, VAULT_TOKEN: rootToken, VAULT_FORMAT: "json" };
  const forBao = { BAO_ADDR: address, BAO_TOKEN: rootToken, BAO_FORMAT: "json" };
  const env = { ...serverEnvironment(), ...settings, ...forBao, HOME: home };
  return {
    run(...args) {
      const { promise, resolve, reject } = Promise.withResolvers<CommandResult>();
      execFile(program, args, { env, timeout: 30_000 }, (problem, output, error) => {
        if (problem !== null && typeof problem.code !== "number") reject(problem);
        else resolve({ code: Number(problem?.code ?? 0), output: parsed(output), error });
      });
      return promise;
    },
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }),
  };
}

function parsed(output: string): unknown {
  return /^\s*[{["]/.test(output) ? JSON.parse(output) : output;
}
