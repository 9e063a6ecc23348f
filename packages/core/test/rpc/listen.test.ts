import assert from "node:assert/strict";
import { createServer } from "node:net";
import { describe, type TestContext, test } from "node:test";
import { listenOnPort } from "../../src/rpc/listen.ts";
import { grpcJs } from "../../src/rpc/transport/grpc-js/grpc-js.ts";

const options = { transport: grpcJs, services: [], tls: undefined };

/** Takes a port; gives its number. */
async function takePort(t: TestContext): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  return address.port;
}

describe("a listener on a port", () => {
  test("is any port when the host gives no range [W28]", async (t) => {
    const server = await listenOnPort({ minPort: "", maxPort: "" }, options);
    t.after(() => server.close());

    assert.equal(server.address.network, "tcp");
    assert.match(server.address.address, /^127\.0\.0\.1:[1-9]\d*$/);
  });

  test("is the first free port of the range [W28]", async (t) => {
    const taken = await takePort(t);

    const server = await listenOnPort({ minPort: `${taken}`, maxPort: `${taken + 20}` }, options);
    t.after(() => server.close());

    const port = Number(server.address.address.split(":")[1]);
    assert.ok(port > taken && port <= taken + 20);
  });

  test("fails when no port of the range is free", async (t) => {
    const taken = `${await takePort(t)}`;

    await assert.rejects(listenOnPort({ minPort: taken, maxPort: taken }, options), {
      code: "no-free-port",
      message: "couldn't bind plugin TCP listener",
    });
  });

  test("fails when the range ends before it starts [W29]", async () => {
    await assert.rejects(listenOnPort({ minPort: "2", maxPort: "1" }, options), { code: "port-range-invalid" });
  });

  test("fails when the range is no numbers [W29]", async () => {
    await assert.rejects(listenOnPort({ minPort: "ten", maxPort: "20" }, options), { code: "port-range-invalid" });
  });
});
