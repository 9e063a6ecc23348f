import { rmSync } from "node:fs";
import type { Clock } from "./clock.ts";
import type { Log } from "./hclog.ts";
import type { Address } from "./transport/transport.ts";

const lostMs = 3000;

/**
 * Ends the process some time after the host's last broker stream was lost: no mount could be set up any more, and a new
 * process can. A host that ends the plugin itself does it within that time.
 */
export function endWhenLost(log: Log, clock: Clock): { onOpen(): void; onLost(): void } {
  let callOff = () => {};
  let open = 0;
  return {
    onOpen() {
      open += 1;
      callOff();
    },
    onLost() {
      open -= 1;
      if (open > 0) return;
      callOff = clock.after(lostMs, () => {
        log.warn("the host's broker stream is lost, so the plugin ends");
        process.exit(1);
      });
    },
  };
}

/** Ends the process with the one connection that a host has for everything, or when the host never made it. */
export function endWithConnection(log: Log): (reason: Error | undefined) => void {
  return (reason) => {
    log.warn("the host's only connection is lost, so the plugin ends", { reason: reason?.message });
    process.exit(1);
  };
}

/** Removes a socket when the process ends of itself; also gives what removes it earlier. */
export function removeAtExit({ network, address }: Address): () => void {
  const remove = () => {
    if (network !== "unix") return;
    try {
      rmSync(address, { force: true });
    } catch {
      // The directory may have become read-only; how the process ends must not depend on that.
    }
  };
  process.on("exit", remove);
  return remove;
}

const sigtermCode = 128 + 15;

/** Does with signals what hosts and operators expect. */
export function followSignals(log: Log, beforeEnd: () => void): void {
  // Ctrl-C in a terminal reaches host and plugin together; the host then ends the plugin in its own order.
  process.on("SIGINT", () => log.trace("interrupt ignored"));
  // With the listener gone the second signal ends the process as if there had been none.
  process.once("SIGTERM", () => {
    beforeEnd();
    // A signal skips what waits for the end, and sockets in private directories are removed there.
    process.emit("exit", sigtermCode);
    process.kill(process.pid, "SIGTERM");
  });
}
