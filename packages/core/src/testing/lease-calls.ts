import { LogicalError } from "../logical/errors.ts";
import type { Response } from "../logical/response.ts";
import type { Harness, LeaseDetails } from "./harness-options.ts";
import type { IssuedLease, LeaseBook } from "./lease-book.ts";
import type { TestClock } from "./test-clock.ts";

const minuteMs = 60_000;

/** Makes what a host does to the leases of a mount, and what it does as time passes. */
export function leaseCalls(host: {
  readonly send: Harness["request"];
  readonly leases: LeaseBook;
  readonly clock: TestClock | undefined;
}): Pick<Harness, "leases" | "renew" | "revoke" | "rollback" | "advance"> & { endAll(): Promise<void> } {
  const { send, leases, clock } = host;
  let nextRollback = Date.now() + minuteMs;

  async function ask(operation: "renew" | "revoke", response: Response, details: LeaseDetails = {}) {
    const lease = leases.find(response);
    const { path = lease?.path ?? "", increment = 0, issueTime = lease?.issued ?? new Date(), ...rest } = details;
    const { auth, secret } = lease?.response ?? response;
    const now = { increment, issueTime };
    const leased = {
      ...(auth ? { auth: { ...auth, ...now } } : {}),
      ...(secret ? { secret: { ...secret, ...now } } : {}),
    };
    return { lease, answer: await send(operation, path, undefined, { ...leased, ...rest }) };
  }

  async function revoke(response: Response, details?: LeaseDetails): Promise<void> {
    const { lease } = await ask("revoke", response, details);
    if (lease) leases.end(lease);
  }

  async function rollback({ immediate = false }: { readonly immediate?: boolean } = {}): Promise<void> {
    try {
      await send("rollback", "", immediate ? { immediate } : undefined);
    } catch (error) {
      // Hosts take this for a plugin that has nothing to do.
      if (!(error instanceof LogicalError) || error.kind !== "unsupported-operation") throw error;
    }
  }

  /** Hosts drop tokens that run out, and ask the plugin to take secrets back. */
  async function end(lease: IssuedLease): Promise<void> {
    if (lease.response.secret) await revoke(lease.response);
    else leases.end(lease);
  }

  async function tick(): Promise<void> {
    nextRollback += minuteMs;
    await rollback();
  }

  return {
    leases: () => leases.outstanding(),
    async renew(response, details) {
      const { lease, answer } = await ask("renew", response, details);
      if (lease) await leases.renew(lease, answer);
      return answer;
    },
    revoke,
    rollback,
    async endAll() {
      for (const lease of leases.outstanding()) await end(lease);
    },
    async advance(seconds) {
      if (!clock) throw new Error("time passes in a harness that has a clock only: harness(factory, { clock })");
      const until = Date.now() + seconds * 1000;
      for (;;) {
        const [first] = leases.outstanding();
        const expiry = first?.expires.getTime() ?? until;
        const next = Math.min(until, nextRollback, expiry);
        if (next > Date.now()) clock.advance((next - Date.now()) / 1000);
        if (first && expiry <= next) await end(first);
        else if (nextRollback <= next) await tick();
        else return;
      }
    },
  };
}
