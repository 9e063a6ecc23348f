import type { Duplex } from "node:stream";
import { type Clock, systemClock } from "../clock.ts";
import { type AcceptQueue, createAcceptQueue } from "./accept-queue.ts";
import { ack, type Frame, fin, goAwayCodes, rst, syn } from "./frame.ts";
import { createFrameReader } from "./frame-reader.ts";
import { createKeepAlive } from "./keep-alive.ts";
import { createOpener } from "./opener.ts";
import { createOutbox } from "./outbox.ts";
import { type StreamSession, YamuxStream } from "./stream.ts";
import { YamuxError } from "./yamux-error.ts";

/** Many streams on one connection, which either side may open. */
export interface Session {
  /** Opens a stream. Waits while the other side has 256 that it has not taken. */
  open(): Promise<YamuxStream>;
  /** Takes the next stream that the other side opens; rejects once there will be none. */
  accept(): Promise<YamuxStream>;
  /** Asks the other side for a sign of life. */
  ping(): Promise<void>;
  /** Tells the other side to open no more streams; those that are open go on. */
  goAway(): void;
  /** Ends all streams and the connection. */
  close(): void;
  /** Resolves when the session is over, with what broke it. */
  readonly closed: Promise<YamuxError | undefined>;
}

export interface SessionOptions {
  /** The side that made the connection is the client. */
  readonly role: "client" | "server";
  readonly clock?: Clock;
}

// The defaults of hashicorp/yamux 0.1.2 (mux.go, DefaultConfig).
const acceptBacklog = 256;
const writeTimeoutMs = 10_000;
const closeTimeoutMs = 5 * 60_000;

/** Speaks yamux, version 0, on a connection. */
export function createSession(connection: Duplex, { role, clock = systemClock }: SessionOptions): Session {
  const streams = new Map<number, YamuxStream>();
  const parity = role === "client" ? 1 : 0;
  let isClosed = false;
  let isLeaving = false;
  let settle: (error: YamuxError | undefined) => void = () => {};
  const closed = new Promise<YamuxError | undefined>((resolve) => {
    settle = resolve;
  });

  const outbox = createOutbox({ connection, clock, timeoutMs: writeTimeoutMs, onStalled: finish });
  const accepting: AcceptQueue = createAcceptQueue(acceptBacklog);
  const keepAlive = createKeepAlive({ clock, timeoutMs: writeTimeoutMs, send: sendPing, onSilence: finish });

  const streamSession: StreamSession = {
    clock,
    closeTimeoutMs,
    sendData(streamId, payload, onTaken) {
      if (!isClosed) outbox.send({ type: "data", flags: 0, streamId, length: payload.length }, payload, onTaken);
    },
    sendWindowUpdate(streamId, flags, length) {
      if (!isClosed) outbox.send({ type: "window-update", flags, streamId, length });
    },
    forget(streamId) {
      streams.delete(streamId);
      accepting.forget(streamId);
      opener.settled(streamId);
    },
  };
  const opener = createOpener({
    clock,
    firstId: role === "client" ? 1 : 2,
    limit: acceptBacklog,
    start,
    onSilence: finish,
  });

  function start(streamId: number): YamuxStream {
    const stream = new YamuxStream(streamId, streamSession);
    streams.set(streamId, stream);
    streamSession.sendWindowUpdate(streamId, syn, 0);
    return stream;
  }

  function sendPing(value: number): void {
    outbox.send({ type: "ping", flags: syn, streamId: 0, length: value });
  }

  function onFrame(frame: Frame): void {
    if (frame.type === "ping") onPing(frame);
    else if (frame.type === "go-away") onGoAway(frame);
    else onStreamFrame(frame);
  }

  function onPing({ flags, length }: Frame): void {
    if (flags & syn) outbox.reply({ type: "ping", flags: ack, streamId: 0, length });
    else keepAlive.answered(length);
  }

  function onGoAway({ length }: Frame): void {
    if (length !== goAwayCodes.normal) throw new PeerError(`the other side gave the session up with code ${length}`);
    opener.refuse(new YamuxError("the other side opens no more streams"));
  }

  function onStreamFrame(frame: Frame): void {
    const { type, flags, streamId, length } = frame;
    if (flags & syn && !welcome(streamId)) return;
    const stream = streams.get(streamId);
    // What was on its way when the stream was reset or refused.
    if (!stream) return;
    if (flags & ack) opener.settled(streamId);
    if (type === "data") stream.expect(length);
    else stream.receiveCredit(length);
    if (flags & rst) stream.receiveReset();
    else if (flags & fin) stream.receiveEnd();
  }

  /** Makes the stream that the other side opens; says whether there is room. */
  function welcome(streamId: number): boolean {
    if (streamId === 0 || streamId % 2 === parity)
      throw new YamuxError(`stream ${streamId} is not the other side's to open`);
    if (streams.has(streamId)) throw new YamuxError(`stream ${streamId} was opened twice`);
    if (isLeaving || accepting.isFull()) {
      outbox.reply({ type: "window-update", flags: rst, streamId, length: 0 });
      return false;
    }
    const stream = new YamuxStream(streamId, streamSession);
    streams.set(streamId, stream);
    accepting.push(stream);
    return true;
  }

  const read = createFrameReader({
    onFrame,
    onPayload: (streamId, bytes) => streams.get(streamId)?.receive(bytes),
  });

  function onData(chunk: Buffer): void {
    try {
      read(chunk);
    } catch (error) {
      if (!(error instanceof YamuxError)) throw error;
      if (!(error instanceof PeerError)) sendGoAway(goAwayCodes.protocolError);
      finish(error);
    }
  }

  function sendGoAway(code: number): void {
    if (!isClosed) outbox.send({ type: "go-away", flags: 0, streamId: 0, length: code });
  }

  function finish(error: YamuxError | undefined): void {
    if (isClosed) return;
    isClosed = true;
    const reason = error ?? new YamuxError("the session is closed");
    connection.off("data", onData);
    outbox.close();
    keepAlive.close();
    opener.refuse(reason);
    accepting.end(reason);
    for (const stream of [...streams.values()]) stream.breakOff(reason);
    endConnection();
    settle(error);
  }

  function endConnection(): void {
    // What was written before, such as a go-away, still leaves, if the other side reads it.
    const callOff = clock.after(writeTimeoutMs, () => connection.destroy());
    connection.once("close", callOff);
    connection.end(() => connection.destroy());
    connection.resume();
  }

  connection.on("data", onData);
  connection.on("error", (cause: Error) => finish(new YamuxError(`the connection broke: ${cause.message}`, { cause })));
  connection.on("end", () => finish(new YamuxError("the other side closed the connection")));
  connection.on("close", () => finish(new YamuxError("the connection is closed")));

  return {
    open: opener.open,
    accept: accepting.next,
    ping: keepAlive.ping,
    goAway() {
      isLeaving = true;
      sendGoAway(goAwayCodes.normal);
    },
    close() {
      sendGoAway(goAwayCodes.normal);
      finish(undefined);
    },
    closed,
  };
}

/** An error that the other side knows of already. */
class PeerError extends YamuxError {}
