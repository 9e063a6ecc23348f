import { readdirSync, readFileSync } from "node:fs";

/** What a process holds at one moment. */
export interface Size {
  readonly residentMb: number;
  readonly anonymousMb: number;
  readonly descriptors: number;
  /** Socket files in the directory where it makes its own. */
  readonly sockets: number;
}

/** Tells the size of a process of Linux. */
export function sizeOf(pid: number, socketDirectory: string): Size {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const megabytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]) / 1024;
  return {
    residentMb: megabytes("VmRSS"),
    anonymousMb: megabytes("RssAnon"),
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
    sockets: readdirSync(socketDirectory).length,
  };
}
