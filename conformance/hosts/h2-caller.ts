/*
 * Calls a server of the test service by our HTTP/2, on Node or Bun, and prints what it saw as JSON.
 *
 *   h2-caller.ts everything|MILLISECONDS NETWORK ADDRESS [CERTIFICATE KEY TRUSTED]
 */
import { readFileSync } from "node:fs";
import { argv, stdout } from "node:process";
import { createHttp2 } from "../../packages/core/src/rpc/transport/http2/http2.ts";
import { callEverything, callFor } from "./h2-calls.ts";

const [what = "", network = "", address = "", ...files] = argv.slice(2);
const [certificate, key, trusted] = files.map((file) => readFileSync(file, "utf8"));

const channel = createHttp2().dial({
  address: { network: network === "unix" ? "unix" : "tcp", address },
  ...(certificate && key && trusted
    ? { tls: { identity: { certificate, key }, trusted, serverName: "localhost" } }
    : {}),
});
const seen = what === "everything" ? await callEverything(channel) : await callFor(channel, Number(what));
stdout.write(`${JSON.stringify(seen)}\n`);
await channel.close();
