// `npm run budget`: what each compiled plugin costs to start and to keep, beside what was measured of a Go plugin.
import { readFileSync, statSync } from "node:fs";
import { launch } from "@vaultwright/core/launch";
import { binaryPath } from "./compile.ts";
import { plugins } from "./project.ts";

const runs = 15;

/** A Go plugin of the same job on two x86-64 cores: medians of start to handshake, resident and anonymous memory. */
const go = { startMs: 24, residentMb: 31, anonymousMb: 10 };

const silent = () => {};
const log = { trace: silent, debug: silent, info: silent, warn: silent, error: silent, with: () => log };

console.log(`median of ${runs} starts; P-521 host certificate, mutual TLS\n`);
console.log(row("", "start to handshake", "resident", "anonymous", "size"));
console.log(row("a Go plugin", `${go.startMs} ms`, `${go.residentMb} MB`, `${go.anonymousMb} MB`, "34 MB"));
for (const plugin of plugins()) {
  const file = binaryPath(plugin.name);
  const samples = [];
  for (let run = 0; run < runs; run += 1) samples.push(await sample(file));
  const size = `${(statSync(file).size / 1e6).toFixed(0)} MB`;
  const { startMs, residentMb, anonymousMb } = medians(samples);
  console.log(
    row(plugin.name, `${startMs.toFixed(1)} ms`, `${residentMb.toFixed(1)} MB`, `${anonymousMb.toFixed(1)} MB`, size),
  );
}

interface Sample {
  readonly startMs: number;
  readonly residentMb: number;
  readonly anonymousMb: number;
}

async function sample(file: string): Promise<Sample> {
  const plugin = await launch({ file, log, hostVersion: "1.21.4" });
  try {
    const status = readFileSync(`/proc/${plugin.pid}/status`, "utf8");
    const { startMs } = plugin;
    return { startMs, residentMb: megabytes(status, "VmRSS"), anonymousMb: megabytes(status, "RssAnon") };
  } finally {
    await plugin.kill();
  }
}

function megabytes(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]) / 1000;
}

function medians(samples: readonly Sample[]): Sample {
  const median = (name: keyof Sample): number =>
    samples.map((one) => one[name]).sort((a, b) => a - b)[samples.length >> 1] ?? Number.NaN;
  return { startMs: median("startMs"), residentMb: median("residentMb"), anonymousMb: median("anonymousMb") };
}

function row(name: string, ...cells: readonly string[]): string {
  return name.padEnd(30) + cells.map((cell) => cell.padStart(20)).join("");
}
