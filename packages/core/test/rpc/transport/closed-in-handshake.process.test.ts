import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { runtimes, temporaryDirectory } from "../fixture.ts";

const fixture = fileURLToPath(new URL("../fixtures/give-up.ts", import.meta.url));

for (const { name, file } of runtimes) {
  test(`a channel on ${name} closes its socket when the peer never answers the handshake of TLS`, {
    skip: process.platform !== "linux",
    timeout: 20_000,
  }, async (t) => {
    const path = join(temporaryDirectory(t), "socket");
    const sockets: Socket[] = [];
    const server = createServer((socket) => sockets.push(socket.on("error", () => {}).resume())).listen(path);
    await once(server, "listening");
    t.after(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });

    const child = spawn(file, ["--conditions=@vaultwright/source", fixture, path], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    t.after(() => child.kill("SIGKILL"));

    // Of ten channels; a runtime opens a file or two of its own.
    const left = Number(await text(child.stdout));
    assert.ok(left < 5, `${left} files are open`);
  });
}
