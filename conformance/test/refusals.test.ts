import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { binaryDirectory } from "../../scripts/project.ts";
import { handshakeCertificate, hostCertificate, type KeyPair } from "../certificates.ts";
import { dial } from "../dial.ts";
import { cookie, runToEnd, runToHandshake, runUnderShell, type Serving } from "../plugin-process.ts";
import { exampleAuth, kv, totp } from "../plugins.ts";
import { eventually, isAlive } from "../processes.ts";
import { verifies } from "../verifies.ts";

const explanation = [
  "This binary is a plugin. These are not meant to be executed directly.",
  "Please execute the program that consumes these plugins, which will",
  "load any plugins automatically",
];

for (const { name } of [kv, totp, exampleAuth]) {
  const file = join(binaryDirectory, name);

  describe(name, () => {
    let sockets = "";
    let host: KeyPair = { cert: "", key: "" };
    before(async () => {
      // Short, since the path of a socket may have some hundred characters only.
      sockets = mkdtempSync(join(tmpdir(), "vw-"));
      host = await hostCertificate();
    });
    after(() => rmSync(sockets, { recursive: true, force: true }));

    const environment = (directory = sockets): Readonly<Record<string, string>> => ({
      ...cookie,
      PLUGIN_PROTOCOL_VERSIONS: "5",
      PLUGIN_CLIENT_CERT: host.cert,
      PLUGIN_UNIX_SOCKET_DIR: directory,
      VAULT_PLUGIN_AUTOMTLS_ENABLED: "true",
      VAULT_PLUGIN_METADATA_MODE: "false",
    });

    test("explains itself and ends when nobody gives it the cookie", async () => {
      verifies("W1", "W2", "W4");
      for (const env of [{}, { VAULT_BACKEND_PLUGIN: "another" }]) {
        const { code, stdout, stderr } = await runToEnd(file, { PLUGIN_UNIX_SOCKET_DIR: sockets, ...env });

        assert.equal(code, 1);
        assert.equal(stdout, "");
        assert.deepEqual(stderr.split("\n").slice(0, 3), explanation);
        assert.deepEqual(readdirSync(sockets), []);
      }
    });

    test("prints its version", async () => {
      const { code, stdout } = await runToEnd(file, {}, ["--version"]);

      assert.equal(code, 0);
      assert.match(stdout, /^v\d+\.\d+\.\d+\n$/);
    });

    test("ends with a reason when its socket's path would be too long", async () => {
      const directory = join(sockets, "d".repeat(100));
      mkdirSync(directory);

      const { code, stdout, stderr } = await runToEnd(file, environment(directory));
      rmSync(directory, { recursive: true });

      assert.notEqual(code, null);
      assert.equal(stdout, "");
      assert.match(stderr, /"code":"socket-path-too-long"/);
    });

    test("ends with a reason when it may not write where its socket belongs", async () => {
      // Nothing but the kernel makes files in /proc; for root, permissions would forbid nothing.
      const directory = process.getuid?.() === 0 ? "/proc" : join(sockets, "closed");
      if (directory !== "/proc") {
        mkdirSync(directory);
        chmodSync(directory, 0o500);
      }

      const { code, stdout, stderr } = await runToEnd(file, environment(directory));

      assert.notEqual(code, null);
      assert.equal(stdout, "");
      assert.ok(stderr.includes(directory), stderr);
    });

    test("ends when the process that started it is gone", async (t) => {
      const { pid, parent } = await runUnderShell(file, environment());
      t.after(() => isAlive(pid) && process.kill(pid, "SIGKILL"));
      process.kill(parent, "SIGKILL");

      await eventually("the end of the orphan", () => !isAlive(pid));

      assert.deepEqual(readdirSync(sockets), []);
    });

    describe("once it serves", () => {
      let plugin: Serving;
      let socket = "";
      let ca = "";
      before(async () => {
        plugin = await runToHandshake(file, environment());
        [, , , socket = "", , ca = ""] = plugin.handshake;
        ca = handshakeCertificate(ca);
      });
      after(() => plugin.kill());

      test("says where and how in six fields", () => {
        verifies("W5", "W12", "W15", "W16", "W18", "W23");
        const [core, app, network, address = "", transport, certificate = "", ...more] = plugin.handshake;

        assert.deepEqual([core, app, network, transport, more], ["1", "5", "unix", "grpc", []]);
        assert.ok(address.startsWith(join(sockets, "plugin")), address);
        assert.doesNotMatch(certificate, /=/);
        const der = Buffer.from(certificate, "base64");
        assert.equal(der.toString("base64").replace(/=+$/, ""), certificate);
        assert.ok(new X509Certificate(der).raw.equals(der));
      });

      test("serves the host, with TLS 1.2 and 1.3", async () => {
        verifies("W39");
        for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
          const dialled = await dial(socket, { ...host, ca, minVersion: version, maxVersion: version });

          assert.deepEqual(dialled, { served: true, tls: version, alpn: "h2" });
        }
      });

      test("refuses TLS 1.1", async () => {
        verifies("W39");
        const old = { minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "DEFAULT:@SECLEVEL=0" } as const;

        const dialled = await dial(socket, { ...host, ca, ...old });

        assert.match("reason" in dialled ? dialled.reason : "served", /alert protocol version/);
      });

      test("refuses a client without a certificate", async () => {
        verifies("W35");
        for (const maxVersion of ["TLSv1.2", "TLSv1.3"] as const) {
          assert.equal((await dial(socket, { ca, maxVersion })).served, false);
        }
      });

      test("refuses a client with another certificate of the same name", async () => {
        verifies("W36");
        const foreign = await hostCertificate();

        for (const maxVersion of ["TLSv1.2", "TLSv1.3"] as const) {
          assert.equal((await dial(socket, { ...foreign, ca, maxVersion })).served, false);
        }
      });

      test("does not mind an interrupt, which a terminal sends to the host's whole group", async () => {
        verifies("W33");
        process.kill(plugin.pid, "SIGINT");
        await sleep(200);

        assert.equal((await dial(socket, { ...host, ca })).served, true);
      });
    });
  });
}
