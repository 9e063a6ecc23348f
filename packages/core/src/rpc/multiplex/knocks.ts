import type { ConnInfo } from "../../gen/plugin/broker.ts";
import type { Clock } from "../clock.ts";
import { RpcError } from "../status.ts";

/** A knock at the other side's door, or its answer. */
export function knockFor(serviceId: number, knock: { readonly ack: boolean; readonly error: string }): ConnInfo {
  return { serviceId, network: "", address: "", knock: { knock: true, ...knock } };
}

/** Asks the other side to give the next connection to one of its listeners. */
export interface Knocker {
  /** Knocks and waits for the answer. */
  knock(id: number): Promise<void>;
  /** Takes an answer. */
  answered(info: ConnInfo): void;
}

export interface KnockerOptions {
  readonly clock: Clock;
  send(info: ConnInfo): void;
  /** Called for a permission that came after its knock was given up. */
  onUnused(): void;
}

const waitMs = 5000;

/** Makes the side that knocks. It must not knock twice at a time. */
export function createKnocker({ clock, send, onUnused }: KnockerOptions): Knocker {
  let waiting: ((info: ConnInfo) => void) | undefined;

  return {
    knock(id) {
      return new Promise((resolve, reject) => {
        send(knockFor(id, { ack: false, error: "" }));
        const callOff = clock.after(waitMs, () => {
          waiting = undefined;
          reject(new RpcError("unavailable", `timeout waiting for multiplexing knock handshake on id ${id}`));
        });
        waiting = (info) => {
          if (info.serviceId !== id) return discard(info);
          waiting = undefined;
          callOff();
          const refusal = refusalOf(info);
          if (refusal === undefined) resolve();
          else reject(new RpcError("unavailable", `failed to knock for id ${id}: ${refusal}`));
        };
      });
    },
    answered(info) {
      if (waiting) waiting(info);
      else discard(info);
    },
  };

  function discard(info: ConnInfo): void {
    if (refusalOf(info) === undefined) onUnused();
  }
}

function refusalOf({ knock }: ConnInfo): string | undefined {
  if (!knock?.knock || !knock.ack) return "the answer is no acknowledgement";
  return knock.error === "" ? undefined : knock.error;
}
