import "reflect-metadata";
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { once } from "node:events";
import { describe, test } from "node:test";
import { createServer, type TLSSocket } from "node:tls";
import * as x509 from "@peculiar/x509";
import { createSelfSigned, pemOf } from "../../src/rpc/self-signed.ts";
import type { KeyPair } from "../../src/rpc/tls.ts";
import { grpcJs } from "../../src/rpc/transport/grpc-js/grpc-js.ts";
import {
  hostCertificate,
  hostServices,
  openBrokerStream,
  runtimes,
  startFixture,
  temporaryDirectory,
  text,
  tlsEnvironment,
} from "./fixture.ts";

const hour = 3_600_000;
const { clientAuth, serverAuth } = x509.ExtendedKeyUsage;

/** Makes a host's certificate of P-256 that is as wrong as the test wants it. */
async function makeCertificate(
  usages: x509.ExtendedKeyUsageType[],
  notAfter: Date,
  name = "localhost",
): Promise<KeyPair> {
  const signingAlgorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await webcrypto.subtle.generateKey(signingAlgorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    notBefore: new Date(Date.now() - 2 * hour),
    notAfter,
    signingAlgorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true),
      new x509.ExtendedKeyUsageExtension(usages),
      new x509.SubjectAlternativeNameExtension([{ type: "dns", value: name }]),
    ],
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  return {
    certificate: certificate.toString("pem"),
    key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`,
  };
}

/** The name that the client asked for, which the types leave out. */
function servernameOf(socket: TLSSocket): unknown {
  return Reflect.get(socket, "servername");
}

const future = new Date(Date.now() + hour);
const hosts = [
  ["lets in a host whose certificate is in order", [clientAuth, serverAuth], future, true],
  ["refuses a host whose certificate is over", [clientAuth, serverAuth], new Date(Date.now() - hour), false],
  ["refuses a host whose certificate is for servers only", [serverAuth], future, false],
] as const;

for (const runtime of runtimes) {
  describe(`certificates that a plugin on ${runtime.name} meets`, { timeout: 60_000 }, () => {
    for (const [what, usages, notAfter, isServed] of hosts) {
      test(what, async (t) => {
        const identity = await makeCertificate([...usages], notAfter);
        const plugin = startFixture(t, runtime, { ...tlsEnvironment, PLUGIN_CLIENT_CERT: identity.certificate });
        const { address, certificate } = await plugin.handshake();
        assert.ok(certificate);
        const channel = grpcJs.dial({
          address,
          tls: { identity, trusted: pemOf(certificate), serverName: "localhost" },
        });
        t.after(() => channel.close());

        const call = channel.unary("/test.Fixture/Echo", Buffer.from("hello"), { timeoutMs: 3000 });

        if (isServed) assert.equal(Buffer.from(await call).toString(), "hello");
        else await assert.rejects(call, { name: "RpcError" });
      });
    }

    test("shows its own certificate to the host's listener, and asks for localhost [W40]", async (t) => {
      const { address, certificate } = await startFixture(t, runtime, tlsEnvironment).handshake();
      assert.ok(certificate);
      const trusted = pemOf(certificate);
      const channel = grpcJs.dial({ address, tls: { identity: hostCertificate, trusted, serverName: "localhost" } });
      t.after(() => channel.close());
      const met = Promise.withResolvers<TLSSocket>();
      const { certificate: cert, key } = hostCertificate;
      const options = { cert, key, ca: trusted, requestCert: true, rejectUnauthorized: true, ALPNProtocols: ["h2"] };
      const listener = createServer(options, met.resolve).listen(`${temporaryDirectory(t)}/host`);
      t.after(() => listener.close());
      await once(listener, "listening");

      openBrokerStream(t, channel)(7, { network: "unix", address: String(listener.address()) });
      const call = channel.unary("/test.Fixture/Dial", Buffer.from("7"), { timeoutMs: 10_000 });
      const socket = await met.promise;

      assert.equal(socket.authorized, true);
      assert.ok(socket.getPeerCertificate().raw.equals(certificate));
      assert.equal(servernameOf(socket), "localhost");
      assert.equal(socket.alpnProtocol, "h2");
      socket.destroy();
      await assert.rejects(call);
    });

    test("says nothing to a host that does not agree on HTTP/2", async (t) => {
      const { address, certificate } = await startFixture(t, runtime, tlsEnvironment).handshake();
      assert.ok(certificate);
      const trusted = pemOf(certificate);
      const channel = grpcJs.dial({ address, tls: { identity: hostCertificate, trusted, serverName: "localhost" } });
      t.after(() => channel.close());
      let heard = "";
      const { certificate: cert, key } = hostCertificate;
      const listener = createServer({ cert, key, ca: trusted, requestCert: true }, (socket) => {
        socket
          .on("error", () => {})
          .on("data", (bytes) => {
            heard += bytes.toString("latin1");
          });
      }).listen(`${temporaryDirectory(t)}/host`);
      t.after(() => listener.close());
      await once(listener, "listening");

      openBrokerStream(t, channel)(7, { network: "unix", address: String(listener.address()) });
      const dialled = channel.unary("/test.Fixture/Dial", Buffer.from("7"), { timeoutMs: 3000 });

      await assert.rejects(dialled, { name: "RpcError" });
      assert.doesNotMatch(heard, /from the plugin/);
    });

    test("says nothing to a host whose certificate has another name than localhost [W40]", async (t) => {
      const identity = await makeCertificate([clientAuth, serverAuth], future, "elsewhere");
      const plugin = startFixture(t, runtime, { ...tlsEnvironment, PLUGIN_CLIENT_CERT: identity.certificate });
      const { address, certificate } = await plugin.handshake();
      assert.ok(certificate);
      const trusted = pemOf(certificate);
      const channel = grpcJs.dial({ address, tls: { identity, trusted, serverName: "localhost" } });
      const host = await grpcJs.listen({
        address: { network: "unix", address: `${temporaryDirectory(t)}/host` },
        services: hostServices,
        tls: { identity, trusted },
      });
      t.after(async () => {
        await host.close();
        await channel.close();
      });

      assert.equal(text(await channel.unary("/test.Fixture/Echo", Buffer.from("main"))), "main");
      openBrokerStream(t, channel)(7, host.address);
      const dialled = channel.unary("/test.Fixture/Dial", Buffer.from("7"), { timeoutMs: 3000 });

      await assert.rejects(dialled, { name: "RpcError" });
    });

    test("says nothing to a false host that answers where it was sent [W40]", async (t) => {
      const { address, certificate } = await startFixture(t, runtime, tlsEnvironment).handshake();
      assert.ok(certificate);
      const trusted = pemOf(certificate);
      const channel = grpcJs.dial({ address, tls: { identity: hostCertificate, trusted, serverName: "localhost" } });
      const heard: Uint8Array[] = [];
      const listen = async (request: Uint8Array) => {
        heard.push(request);
        return request;
      };
      const falseHost = await grpcJs.listen({
        address: { network: "unix", address: `${temporaryDirectory(t)}/false-host` },
        services: [new Map([["/test.Host/Echo", { kind: "unary", handle: listen }]])],
        tls: { identity: createSelfSigned(), trusted },
      });
      t.after(async () => {
        await falseHost.close();
        await channel.close();
      });

      openBrokerStream(t, channel)(7, falseHost.address);
      const dialled = channel.unary("/test.Fixture/Dial", Buffer.from("7"), { timeoutMs: 3000 });

      await assert.rejects(dialled, { name: "RpcError" });
      assert.deepEqual(heard, []);
    });
  });
}
