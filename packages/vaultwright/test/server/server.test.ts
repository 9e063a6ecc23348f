import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import { type TestContext, test } from "node:test";
import { connectServer } from "../../src/server/server.ts";

test("sends the token, and gives the body of the answer", async (context) => {
  const address = await listen(context, (request, response) => {
    response.end(JSON.stringify({ data: { token: request.headers["x-vault-token"], url: request.url } }));
  });

  const answer = await connectServer(address, "root").request("GET", "sys/mounts");

  assert.deepEqual(answer, { data: { token: "root", url: "/v1/sys/mounts" } });
});

test("says what was refused and why, and never the token", async (context) => {
  const address = await listen(context, (_request, response) => {
    response.writeHead(403).end(JSON.stringify({ errors: ["permission denied"] }));
  });

  await assert.rejects(connectServer(address, "hvs.very-secret").request("POST", "sys/mounts/notes", {}), {
    message:
      "POST sys/mounts/notes: the server answered 403: permission denied. " +
      "The token in VAULT_TOKEN must be allowed to do this",
  });
});

test("says that nobody listens at an address", async (context) => {
  const address = await listen(context, () => {});
  const { port } = new URL(address);
  const closed = `http://127.0.0.1:${port === "1" ? 2 : 1}`;

  await assert.rejects(connectServer(closed, "root").request("GET", "sys/mounts"), {
    message: new RegExp(`^${closed} cannot be reached: .+\\. Is the address right\\?$`),
  });
});

test("says that what answers is no server for plugins", async (context) => {
  const address = await listen(context, (_request, response) => response.end("<html>"));

  await assert.rejects(connectServer(address, "root").request("GET", "sys/mounts"), {
    message: `${address} answers no JSON, so it is neither Vault nor OpenBao. Is the address right?`,
  });
});

test("refuses what is no address", () => {
  assert.throws(() => connectServer("localhost:8200", "root"), {
    message: "localhost:8200 is no address of a server; it must be like http://127.0.0.1:8200",
  });
});

async function listen(context: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => server.close());
  const address = server.address();
  assert.ok(typeof address === "object" && address);
  return `http://127.0.0.1:${address.port}`;
}
