import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { hostCertificate } from "../../conformance/certificates.ts";

/** How a program ended. */
export interface Outcome {
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A compiled program in a folder full of traps. */
export interface TrappedProgram {
  /** Runs it there, with these variables. */
  run(environment?: Readonly<Record<string, string>>): Promise<Outcome>;
  /** Runs a program there that accesses memory it does not have. */
  crash(environment: Readonly<Record<string, string>>): Promise<Outcome>;
  /** Names of the files that are there now and were not there before. */
  newFiles(): readonly string[];
}

/** What the program says when nothing has changed it: its own words, a request's answer, and whom it does not trust. */
export const ownWords: Outcome = {
  code: 0,
  stdout: "own code, no dotenv, answered, DEPTH_ZERO_SELF_SIGNED_CERT\n",
  stderr: "",
};

/** The same, once it trusts the server. */
export const trusting: Outcome = {
  ...ownWords,
  stdout: ownWords.stdout.replace("DEPTH_ZERO_SELF_SIGNED_CERT", "trusted"),
};

// A function that is made at run time, since one that was compiled before could not be replaced anyway.
const source = `
import { readFileSync } from "fs";
const words = eval('(function () {return "own code"})')();
const [, , plain, encrypted] = process.argv;
const answer = await (await fetch(plain, { headers: { Authorization: "Bearer of-the-request" } })).text();
const trust = await fetch(encrypted).then(() => "trusted", (error) => error.code);
console.log([words, process.env["FROM_DOTENV"] ?? "no dotenv", answer, trust].join(", "));
readFileSync(process.execPath, { length: 1 });
`;
const crashing = `import { read } from "bun:ffi"; read.u8(8);`;
const other = `console.log("other code");`;

/** Registers what must not change a program, and tests of one's own, for a way of making files. */
export function hostileEnvironment(
  what: string,
  make: (entry: string, file: string) => Promise<void>,
  more: (program: () => TrappedProgram) => void,
): void {
  describe(what, () => {
    let folder = "";
    let files: readonly string[] = [];
    const servers: Server[] = [];
    let addresses: readonly string[] = [];

    before(async () => {
      folder = mkdtempSync(join(tmpdir(), "vaultwright-hostile-"));
      const build = mkdtempSync(join(folder, "build-"));
      for (const [name, text] of Object.entries({ program: source, crashing })) {
        writeFileSync(join(build, `${name}.ts`), text);
        await make(join(build, `${name}.ts`), join(folder, name));
      }
      const { cert, key } = await hostCertificate();
      layTraps(folder, cert);
      files = readdirSync(folder);
      const plain = createServer((_, response) => response.end("answered"));
      const encrypted = createTlsServer({ cert, key }, (_, response) => response.end());
      addresses = [await listen(plain, "http:"), await listen(encrypted, "https:")];
      servers.push(plain, encrypted);
    });
    after(() => {
      for (const server of servers) server.close();
      rmSync(folder, { recursive: true });
    });

    const start = (name: string, args: readonly string[], variables: Readonly<Record<string, string>> = {}) => {
      const env = { PATH: join(folder, "bin"), HOME: folder, ...variables };
      return ended(join(folder, name), args, { cwd: folder, env });
    };
    const program: TrappedProgram = {
      run: (environment) => start("program", addresses, environment),
      crash: (environment) => start("crashing", [], environment),
      newFiles: () => readdirSync(folder).filter((name) => !files.includes(name)),
    };

    for (const environment of withoutEffect) {
      const names = Object.keys(environment).join(" and ");
      test(`is not changed by ${names || "files of its working directory"}`, async () => {
        assert.deepEqual(await program.run(environment), ownWords);
        assert.deepEqual(program.newFiles(), []);
      });
    }

    test("runs nothing when it crashes", async () => {
      const { code } = await program.crash({
        BUN_ENABLE_CRASH_REPORTING: "1",
        BUN_CRASH_REPORT_URL: addresses[0] ?? "",
      });

      assert.notEqual(code, 0);
      // What a crash starts goes on after it.
      await sleep(500);
      assert.deepEqual(program.newFiles(), []);
    });

    for (const name of ["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"])
      test(`trusts a further authority of ${name}, as other programs do`, async () => {
        assert.deepEqual(await program.run({ [name]: "./certificate.pem" }), trusting);
      });

    more(() => program);
  });
}

const withoutEffect: readonly Readonly<Record<string, string>>[] = [
  {},
  { BUN_BE_BUN: "1" },
  { BUN_OPTIONS: "--preload=./other.js" },
  { BUN_INSPECT: "ws://127.0.0.1:0/", BUN_INSPECT_PRELOAD: "./other.js" },
  { BUN_BYTECODE_ORDER_OUT: "./order" },
  { BUN_CONFIG_VERBOSE_FETCH: "curl" },
  { BUN_RUNTIME_TRANSPILER_CACHE_PATH: "./cache" },
  { BUN_TMPDIR: "./cache", BUN_INSTALL: "." },
  { NODE_OPTIONS: "--require=./other.js" },
  { NODE_PATH: "./node_modules" },
  { NODE_COMPILE_CACHE: "./cache" },
  { NODE_V8_COVERAGE: "./coverage" },
  { NODE_REDIRECT_WARNINGS: "./warnings" },
  { NODE_DEBUG: "*", DEBUG: "*" },
  { OPENSSL_CONF: "./openssl.cnf", SSLKEYLOGFILE: "./keys" },
];

/** Files that a runtime may take for its configuration, or for code of the program. */
function layTraps(folder: string, certificate: string): void {
  const traps: Readonly<Record<string, string>> = {
    ".env": "FROM_DOTENV=dotenv\n",
    ".env.local": "FROM_DOTENV=dotenv\n",
    "bunfig.toml": `preload = ["./other.js"]\n[run]\npreload = ["./other.js"]\n`,
    "package.json": `{ "main": "./other.js", "imports": { "fs": "./other.js" }, "bun": { "preload": "./other.js" } }\n`,
    "tsconfig.json": `{ "compilerOptions": { "paths": { "*": ["./other.js"] } } }\n`,
    "node_modules/fs/index.js": other,
    "node_modules/bun/index.js": other,
    "other.js": other,
    "certificate.pem": certificate,
    "openssl.cnf": "openssl_conf = no_such_section\n",
    "overrides.txt": `override %%%{return "own code"}%%%\nwith %%%{return "other code"}%%%\n`,
    "options.txt": `jscOptions { functionOverrides = "./overrides.txt" }\n`,
    "libraries/libm.so.6": "no library\n",
    "bin/curl": "#!/bin/sh\n: > reported\n",
  };
  for (const [name, text] of Object.entries(traps)) {
    const file = join(folder, name);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, text);
  }
  chmodSync(join(folder, "bin", "curl"), 0o755);
}

function listen(server: Server, protocol: string): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      // A server that listens on an address, and not on a path, says so in an object.
      const { port } = server.address() as AddressInfo;
      resolve(`${protocol}//localhost:${port}/`);
    });
  });
}

function ended(file: string, args: readonly string[], options: { cwd: string; env: Record<string, string> }) {
  return new Promise<Outcome>((resolve) => {
    execFile(file, args, { ...options, timeout: 30_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : (error.code ?? error.signal ?? null), stdout, stderr });
    });
  });
}
