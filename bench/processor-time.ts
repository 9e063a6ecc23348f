import { readdirSync, readFileSync } from "node:fs";

/** Gives the microseconds of processor time that a process has used, to the nanosecond where `stat` counts hundredths of seconds. */
export function processorTime(pid: number): number {
  const folder = `/proc/${pid}/task`;
  const spent = readdirSync(folder).map((thread) => timeOf(`${folder}/${thread}/schedstat`));
  return spent.reduce((sum, each) => sum + each, 0) / 1000;
}

function timeOf(file: string): number {
  const [nanoseconds] = readFileSync(file, "utf8").split(" ");
  return Number(nanoseconds);
}

/** Gives the process that started another one. */
export function parentOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name before it is in brackets and may hold anything.
  const [, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(parent);
}

/** Memory of a process in megabytes. */
export interface Memory {
  readonly resident: number;
  /** What is not a file's: it is what grows. */
  readonly anonymous: number;
}

/** Reads how much memory a process holds. */
export function memoryOf(pid: number): Memory {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  const megabytes = (name: string): number => {
    const [, kilobytes] = new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text) ?? [];
    return Number(kilobytes) / 1024;
  };
  return { resident: megabytes("Rss"), anonymous: megabytes("Anonymous") };
}
