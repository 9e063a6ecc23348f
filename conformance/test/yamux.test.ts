import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { after, before, test } from "node:test";
import { createSession, type Session } from "../../packages/core/src/rpc/yamux/session.ts";
import { whereGoIs } from "../go.ts";
import { buildGoHost } from "../hosts/go-build.ts";
import { verifies } from "../verifies.ts";

const streams = 32;
const bytesPerStream = 2 * 1024 * 1024;

whereGoIs("Go's yamux 0.1.2 at the other end", () => {
  let binary = "";
  let directory = "";
  before(async () => {
    binary = await buildGoHost("yamux");
    directory = mkdtempSync(join(tmpdir(), "vw-"));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  test("64 MiB go there and back over 32 streams that Go opens, with half closes and pings", async () => {
    verifies("W60", "W65");
    const { session, ended } = await meet(binary, join(directory, "1"), { goIs: "client", weAre: "server" });

    const served = Array.from({ length: streams }, () => returnOne(session));
    await session.ping();
    await Promise.all(served);

    assert.deepEqual(await ended, { code: 0, stdout: "done\n" });
  });

  test("64 MiB go there and back over 32 streams that we open, and Go opens one in turn", async () => {
    verifies("W64", "W65");
    const { session, ended } = await meet(binary, join(directory, "2"), { goIs: "server", weAre: "client" });

    const itsOwn = returnOne(session);
    const received = await Promise.all(Array.from({ length: streams }, (_, index) => exchange(session, index)));
    await Promise.all([itsOwn, session.ping()]);

    assert.deepEqual(received, Array(streams).fill(true));
    assert.deepEqual(await ended, { code: 0, stdout: "done\n" });
  });
});

type Role = "client" | "server";

/** Starts the Go program, which connects to us, and begins a session with it. */
async function meet(binary: string, socket: string, { goIs, weAre }: { goIs: Role; weAre: Role }) {
  const listener: Server = createServer().listen(socket);
  await once(listener, "listening");
  const child = spawn(binary, [goIs, socket, String(streams), String(bytesPerStream)]);
  // Go warns of window updates that cross the end of their stream, which happens between two Go programs as well.
  child.stderr.resume();
  const ended = Promise.all([once(child, "close"), text(child.stdout)]).then(([[code], stdout]) => ({ code, stdout }));
  const [connection] = await once(listener, "connection");
  listener.close();
  return { session: createSession(connection, { role: weAre }), ended };
}

async function returnOne(session: Session): Promise<void> {
  const stream = await session.accept();
  await pipeline(stream, stream);
}

/** Sends a pattern, ends its direction, and says whether the same came back. */
async function exchange(session: Session, seed: number): Promise<boolean> {
  const stream = await session.open();
  const pattern = Buffer.alloc(bytesPerStream, `stream ${seed};`);
  stream.end(pattern);
  const received: Buffer[] = [];
  for await (const chunk of stream) received.push(chunk);
  return Buffer.concat(received).equals(pattern);
}
