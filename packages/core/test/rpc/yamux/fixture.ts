import { type Duplex, duplexPair } from "node:stream";
import type { TestContext } from "node:test";
import type { Clock } from "../../../src/rpc/clock.ts";
import { encodeFrame, type Frame } from "../../../src/rpc/yamux/frame.ts";
import { createFrameReader } from "../../../src/rpc/yamux/frame-reader.ts";
import { createSession, type Session } from "../../../src/rpc/yamux/session.ts";
import type { YamuxStream } from "../../../src/rpc/yamux/stream.ts";

/** A clock that moves when it is told to. */
export function manualClock(): Clock & { advance(ms: number): void } {
  let now = 0;
  const due = new Set<{ readonly at: number; run(): void }>();
  return {
    after(delayMs, run) {
      const entry = { at: now + delayMs, run };
      due.add(entry);
      return () => due.delete(entry);
    },
    advance(ms) {
      now += ms;
      for (const entry of [...due].filter(({ at }) => at <= now)) {
        if (due.delete(entry)) entry.run();
      }
    },
  };
}

/** Lets everything happen that waits for nothing but its turn. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
}

/** Both ends of a session. */
export function sessionPair(test: TestContext): { readonly client: Session; readonly server: Session } {
  const [one, other] = duplexPair();
  const client = createSession(one, { role: "client", clock: manualClock() });
  const server = createSession(other, { role: "server", clock: manualClock() });
  test.after(() => {
    client.close();
    server.close();
  });
  return { client, server };
}

/** Opens a stream and gives both of its ends. */
export async function streamPair(test: TestContext): Promise<readonly [YamuxStream, YamuxStream]> {
  const { client, server } = sessionPair(test);
  return Promise.all([client.open(), server.accept()]);
}

/** A session whose other side is the test, frame by frame. */
export interface BareSession {
  readonly session: Session;
  readonly clock: ReturnType<typeof manualClock>;
  readonly connection: Duplex;
  /** What the session has sent. */
  readonly frames: readonly Frame[];
  send(frame: Partial<Frame>, payload?: Uint8Array): Promise<void>;
}

export function bareSession(test: TestContext, role: "client" | "server" = "server"): BareSession {
  const [inner, connection] = duplexPair();
  const clock = manualClock();
  const session = createSession(inner, { role, clock });
  test.after(() => session.close());
  const frames: Frame[] = [];
  connection.on("data", createFrameReader({ onFrame: (frame) => frames.push(frame), onPayload() {} }));
  connection.on("error", () => {});
  return {
    session,
    clock,
    connection,
    frames,
    async send(frame, payload = new Uint8Array()) {
      const header = encodeFrame({ type: "data", flags: 0, streamId: 0, length: payload.length, ...frame });
      connection.write(Buffer.concat([header, payload]));
      await settled();
    },
  };
}
