import { type Finding, note, ok } from "./finding.ts";
import { limitOf } from "./proc.ts";

/** The texts of `/proc/self/limits` and `/proc/swaps`, where there are any. */
export interface MemoryFacts {
  readonly limits: string | undefined;
  readonly swaps: string | undefined;
}

const honest = "the plugin does not lock its memory (it never calls mlock)";

/** Says what protects the secrets in memory from being written to a disk. */
export function checkMemory({ limits = "", swaps }: MemoryFacts): Finding {
  if (swaps === undefined) {
    return note(`${honest}, and this system does not tell whether it swaps. Turn swap off, or encrypt it`);
  }
  const active = swaps
    .split("\n")
    .slice(1)
    .flatMap((line) => line.split(/\s/, 1).filter((name) => name !== ""));
  if (active.length === 0) return ok(`${honest}; no swap is active, so its secrets are not swapped to a disk`);
  return note(
    `${honest}, and swap is active on ${active.join(", ")}, so its secrets may be written there. Turn swap off ` +
      "(swapoff -a, and no swap in /etc/fstab), encrypt it, or set MemorySwapMax=0 in the server's systemd unit. " +
      `${lockLimit(limits)} makes no difference`,
  );
}

function lockLimit(limits: string): string {
  const limit = limitOf(limits, "Max locked memory");
  if (limit === undefined) return "A higher limit of locked memory (ulimit -l)";
  return `The limit of locked memory (ulimit -l: ${limit === Number.POSITIVE_INFINITY ? "unlimited" : `${limit / 1024} KiB`})`;
}
