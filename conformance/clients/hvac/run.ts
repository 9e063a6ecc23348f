import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { compile } from "../../../scripts/compile.ts";
import { serverEnvironment } from "../../hosts/server-process.ts";
import { kv, type PluginDirectory, sha256 } from "../../plugins.ts";
import type { HvacEnvironment } from "./environment.ts";

/** What became of a test. */
export interface Outcome {
  /** File and name, without the folder of the integration tests. */
  readonly test: string;
  readonly outcome: "passed" | "failed" | "skipped";
  /** Why it did not pass. */
  readonly text: string;
}

const folder = "tests/integration_tests/";

/** Runs test files of hvac against the embedded host, with a fresh one for each class of tests. */
export async function runHvac(
  { python, source }: HvacEnvironment,
  directory: PluginDirectory,
  files: readonly string[],
  signal: AbortSignal,
): Promise<Outcome[]> {
  const work = mkdtempSync(join(tmpdir(), "hvac-"));
  const outcomes = join(work, "outcomes.jsonl");
  const settings = ["-c", "/dev/null", `--rootdir=${source}`, "-p", "no:cacheprovider", "-p", "server_for_hvac"];
  const child = spawn(
    python,
    ["-m", "pytest", ...settings, "-q", "--tb=short", ...files.map((file) => join(source, folder, file))],
    {
      cwd: source,
      signal,
      env: {
        ...serverEnvironment(),
        PYTHONPATH: [import.meta.dirname, source].join(delimiter),
        PYTHONDONTWRITEBYTECODE: "1",
        VAULTWRIGHT_SERVER: JSON.stringify(serverCommand(directory.path)),
        VAULTWRIGHT_PREPARATION: JSON.stringify(await preparation(directory.path)),
        VAULTWRIGHT_VERSION: "1.21.4",
        VAULTWRIGHT_OUTCOMES: outcomes,
      },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  try {
    const [output] = await Promise.all([text(child.stdout), once(child, "close")]);
    // It ends with 1 where tests failed, and with more where it could not run them.
    if (child.exitCode !== 0 && child.exitCode !== 1) throw new Error(`pytest ended with ${child.exitCode}: ${output}`);
    return readOutcomes(outcomes);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function serverCommand(pluginDirectory: string): string[] {
  const main = join(import.meta.dirname, "..", "embedded-server.ts");
  return [process.execPath, "--conditions=@vaultwright/source", main, pluginDirectory];
}

/** Requests that give a fresh server what hvac's tests expect of Vault: our plugins under the names that its own have. */
async function preparation(pluginDirectory: string): Promise<Readonly<Record<string, object>>> {
  const standIn = join(pluginDirectory, "vault-plugin-stand-in");
  await compile(join(import.meta.dirname, "stand-in", "main.ts"), standIn);
  const standInFor = (name: string): object => ({
    command: "vault-plugin-stand-in",
    args: [name],
    sha256: sha256(standIn),
  });
  return {
    "sys/plugins/catalog/secret/kv": { command: kv.name, sha256: sha256(join(pluginDirectory, kv.name)) },
    "sys/plugins/catalog/secret/pki": standInFor("pki"),
    "sys/plugins/catalog/auth/approle": standInFor("approle"),
    "sys/plugins/catalog/auth/github": standInFor("approle"),
    // Keeps the plugin's process between tests, most of which enable it and disable it again.
    "sys/mounts/kept": { type: "kv" },
  };
}

function readOutcomes(file: string): Outcome[] {
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const { test, outcome, text }: Outcome = JSON.parse(line);
    return { test: test.slice(test.indexOf(folder) + folder.length), outcome, text };
  });
}
