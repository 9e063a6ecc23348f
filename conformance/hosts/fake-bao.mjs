#!/usr/bin/env node
// Takes the place of OpenBao's program where only the way it is started and opened is tested: it reads the configuration,
// is initialized and unsealed, and mounts nothing.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

const [command, option = ""] = process.argv.slice(2);
if (command !== "server" || !option.startsWith("-config=")) process.exit(2);
const config = JSON.parse(readFileSync(option.slice("-config=".length), "utf8"));
if (config.plugin_directory === "/refused") {
  process.stderr.write("error loading configuration\n");
  process.exit(1);
}
const log = (message, fields) =>
  process.stderr.write(`${JSON.stringify({ "@level": "info", "@message": message, "@timestamp": "", ...fields })}\n`);
let isInitialized = false;
let sealed = true;

const answers = {
  "GET /v1/sys/seal-status": () => ({ initialized: isInitialized, sealed, version: "2.5.5" }),
  "POST /v1/sys/init": ({ secret_shares, secret_threshold }) => {
    isInitialized = secret_shares === 1 && secret_threshold === 1;
    return { keys: ["a2V5"], keys_base64: ["the only share"], root_token: "s.root" };
  },
  "POST /v1/sys/unseal": ({ key }) => {
    sealed = !(isInitialized && key === "the only share");
    return { sealed, version: "2.5.5-beta1" };
  },
};

const server = createServer(async (request, response) => {
  const body = await text(request);
  const answer = answers[`${request.method} ${request.url}`];
  if (answer === undefined) return response.writeHead(404).end("{}");
  response.end(JSON.stringify(answer(body === "" ? {} : JSON.parse(body))));
});
const [host, port] = config.listener.tcp.address.split(":");
server.listen(Number(port), host, () => {
  process.stderr.write('WARNING: storage configured to use "inmem"\n');
  log("started", { config, environment: Object.keys(process.env), pid: process.pid });
});
process.on("SIGTERM", () => process.exit(0));
