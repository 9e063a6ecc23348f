import assert from "node:assert/strict";
import { createServer } from "node:net";
import { describe, type TestContext, test } from "node:test";
import { parseEnvironment } from "../../src/rpc/environment.ts";
import { listen, listenOnPort } from "../../src/rpc/listen.ts";
import { transports } from "./transport/transports.ts";

/** Takes a port; gives its number. */
async function takePort(t: TestContext): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  return address.port;
}

/** Whether this process can listen on a port. */
async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listening = new Promise<boolean>((resolve) => {
    server.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => resolve(true));
  });
  const result = await listening;
  if (result) await new Promise((resolve) => server.close(resolve));
  return result;
}

for (const [name, transport] of transports) {
  describe(`a listener on a port, by ${name}`, () => {
    const options = { transport, services: [], tls: undefined };

    test("is what a plugin opens on Windows, on any port unless the host gives a range [W15, W28]", async (t) => {
      const before = Object.getOwnPropertyDescriptor(process, "platform");
      t.after(() => before && Object.defineProperty(process, "platform", before));
      Object.defineProperty(process, "platform", { value: "win32" });

      const server = await listen(parseEnvironment({}), options);
      t.after(() => server.close());

      assert.equal(server.address.network, "tcp");
      assert.match(server.address.address, /^127\.0\.0\.1:[1-9]\d*$/);
    });

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
      for (let before = taken; before < port; before += 1) assert.equal(await isFree(before), false, `${before}`);
    });

    test("may be the last port of the range, and is no port beyond it [W28]", async (t) => {
      const taken = await takePort(t);
      const next = taken + 1;
      const range = { minPort: `${taken}`, maxPort: `${next}` };
      if (!(await isFree(next))) return t.skip("another process has the next port");

      const server = await listenOnPort(range, options);
      t.after(() => server.close());

      assert.equal(server.address.address, `127.0.0.1:${next}`);
      await assert.rejects(listenOnPort(range, options), { code: "no-free-port" });
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
      for (const [minPort, maxPort] of [
        ["ten", "20"],
        ["10", "twenty"],
        ["10", "20.5"],
        ["10 ", "20"],
      ] as const) {
        await assert.rejects(listenOnPort({ minPort, maxPort }, options), { code: "port-range-invalid" });
      }
    });
  });
}
