import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../scripts/project.ts";

/** One message with every field set, as it is on the wire. */
export interface Golden {
  /** Full name of the message, for instance `pb.Request`. */
  readonly name: string;
  /** `go`: made by Vault's SDK or go-plugin. `proto`: made of our descriptors, with the fields that those lack. */
  readonly maker: "go" | "proto";
  /** Base64. */
  readonly bytes: string;
  /** The values, in the JSON of protobuf. */
  readonly json: unknown;
}

/** Where the goldens are. */
export const goldensFile: string = join(import.meta.dirname, "golden", "messages.json");

/** Reads the goldens. */
export function readGoldens(): readonly Golden[] {
  return JSON.parse(readFileSync(goldensFile, "utf8"));
}

/** Makes the goldens anew with Go; throws, naming them, where messages differ from Go's and are not excused. */
export function makeGoldens(): { readonly text: string; readonly differences: string } {
  const folder = mkdtempSync(join(tmpdir(), "vw-golden-"));
  try {
    const descriptors = join(folder, "descriptors.binpb");
    run("buf", ["build", "--as-file-descriptor-set", "-o", descriptors], root);
    const excused = join(import.meta.dirname, "golden", "excused.json");
    const module = join(import.meta.dirname, "hosts", "goldens");
    const made = run("go", ["run", ".", "-descriptors", descriptors, "-excused", excused], module);
    return { text: `${JSON.stringify(JSON.parse(made.stdout), undefined, 2)}\n`, differences: made.stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs a program and gives what it writes; throws with its complaints if it fails. */
export function run(program: string, args: readonly string[], cwd: string): { stdout: string; stderr: string } {
  const { error, status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8", maxBuffer: 64 << 20 });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ended with ${status}:\n${stderr}`);
  return { stdout, stderr };
}
