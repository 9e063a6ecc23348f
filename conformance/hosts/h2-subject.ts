/*
 * Serves the test service by one of the subjects, on Node or Bun, until its standard input ends. It prints its address.
 *
 *   h2-subject.ts SUBJECT NETWORK ADDRESS [CERTIFICATE KEY TRUSTED]
 */
import { readFileSync } from "node:fs";
import { argv, stdin, stdout } from "node:process";
import { testService } from "./h2-services.ts";
import { listenOf } from "./h2-transports.ts";

const [subject = "", network = "", address = "", ...files] = argv.slice(2);
const [certificate, key, trusted] = files.map((file) => readFileSync(file, "utf8"));

const listen = Object.entries(listenOf).find(([name]) => name === subject)?.[1];
if (!listen) throw new Error(`there is no subject ${subject}`);
const server = await listen({
  address: { network: network === "unix" ? "unix" : "tcp", address },
  services: [testService()],
  ...(certificate && key && trusted ? { tls: { identity: { certificate, key }, trusted } } : {}),
});
stdout.write(`${server.address.address}\n`);
for await (const _ of stdin);
await server.close();
