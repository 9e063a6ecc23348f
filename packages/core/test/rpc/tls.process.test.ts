import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { connect as connectPlain } from "node:net";
import { describe, test } from "node:test";
import { type ConnectionOptions, connect as connectTls } from "node:tls";
import { HealthDefinition } from "../../src/gen/grpc/health/v1/health.ts";
import { createSelfSigned, pemOf } from "../../src/rpc/self-signed.ts";
import { clientOf } from "../../src/rpc/service.ts";
import { grpcJs } from "../../src/rpc/transport/grpc-js/grpc-js.ts";
import { hostCertificate, runtimes, startFixture, tlsEnvironment } from "./fixture.ts";

const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0", "latin1");
const http2Settings = 4;

/** Says the first words of HTTP/2 and gives the type of the frame that comes back, or what the refusal says. */
function greet(options: ConnectionOptions): Promise<number | string> {
  return new Promise((resolve) => {
    const socket = connectTls({ servername: "localhost", ALPNProtocols: ["h2"], ...options });
    socket.on("data", (data) => {
      socket.destroy();
      resolve(data[3] ?? "short");
    });
    socket.on("error", (error) => resolve(error.message));
    socket.on("close", () => resolve("closed"));
    socket.write(preface);
  });
}

function publicKeyOf(certificate: X509Certificate | undefined): string | undefined {
  return certificate?.publicKey.export({ type: "spki", format: "pem" }).toString();
}

for (const runtime of runtimes) {
  describe(`AutoMTLS of a plugin on ${runtime.name}`, { timeout: 20_000 }, () => {
    async function start(t: Parameters<typeof startFixture>[0]) {
      const { address, certificate } = await startFixture(t, runtime, tlsEnvironment).handshake();
      assert.ok(certificate);
      return { address, path: address.address, ca: pemOf(certificate) };
    }
    const host = { cert: hostCertificate.certificate, key: hostCertificate.key };

    test("lets the host in, whose certificate is of P-521", async (t) => {
      const { address, ca } = await start(t);
      const tls = { identity: hostCertificate, trusted: ca, serverName: "localhost" };

      const channel = grpcJs.dial({ address, tls });
      const { status } = await clientOf(HealthDefinition, channel).check({ service: "plugin" });

      assert.equal(status, 1);
      await channel.close();
    });

    for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
      test(`speaks ${version} [W39]`, async (t) => {
        const { path, ca } = await start(t);

        assert.equal(await greet({ path, ca, ...host, minVersion: version, maxVersion: version }), http2Settings);
      });
    }

    test("refuses TLS 1.1 [W39]", async (t) => {
      const { path, ca } = await start(t);

      const outcome = await greet({
        path,
        ca,
        ...host,
        minVersion: "TLSv1.1",
        maxVersion: "TLSv1.1",
        ciphers: "DEFAULT:@SECLEVEL=0",
      });

      assert.match(String(outcome), /alert protocol version/);
    });

    for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
      test(`refuses a client without certificate in ${version}`, async (t) => {
        const { path, ca } = await start(t);

        assert.notEqual(await greet({ path, ca, minVersion: version, maxVersion: version }), http2Settings);
      });

      test(`refuses a client with a foreign certificate in ${version}`, async (t) => {
        const { path, ca } = await start(t);
        const foreign = createSelfSigned();
        const client = { cert: foreign.certificate, key: foreign.key };

        assert.notEqual(await greet({ path, ca, ...client, minVersion: version, maxVersion: version }), http2Settings);
      });
    }

    for (const [what, ALPNProtocols] of [
      ["says not", undefined],
      ["says HTTP/1.1 to be", ["http/1.1"]],
    ] as const) {
      test(`serves no client that ${what} what it will speak`, async (t) => {
        const { path, ca } = await start(t);

        assert.notEqual(
          await greet({ path, ca, ...host, ALPNProtocols: ALPNProtocols && [...ALPNProtocols] }),
          http2Settings,
        );
      });
    }

    test("refuses plain text", async (t) => {
      const { path } = await start(t);

      const answer = await new Promise<Buffer>((resolve) => {
        const socket = connectPlain({ path });
        const received: Buffer[] = [];
        socket.on("data", (data: Buffer) => received.push(data));
        socket.on("error", () => {});
        socket.on("close", () => resolve(Buffer.concat(received)));
        socket.write(preface);
      });

      assert.notEqual(answer[3], http2Settings);
    });

    test("makes another key pair and serial number in each process [W38]", async (t) => {
      const [first, second] = await Promise.all([start(t), start(t)]);

      const [one, other] = [first, second].map(({ ca }) => new X509Certificate(ca));
      assert.notEqual(one?.serialNumber, other?.serialNumber);
      assert.notEqual(publicKeyOf(one), publicKeyOf(other));
    });
  });
}
