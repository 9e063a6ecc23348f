import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { binaryDirectory } from "../../scripts/project.ts";
import { handshakeCertificate, hostCertificate, type KeyPair } from "../certificates.ts";
import { dial } from "../dial.ts";
import { cookie, runToHandshake } from "../plugin-process.ts";
import { kv } from "../plugins.ts";

describe("whom a plugin trusts is not changed by", () => {
  let folder = "";
  let host: KeyPair;
  let foreign: KeyPair;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "vw-"));
    [host, foreign] = [await hostCertificate(), await hostCertificate()];
    writeFileSync(join(folder, "foreign.pem"), foreign.cert);
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const name of ["NODE_TLS_REJECT_UNAUTHORIZED", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"])
    test(name, async () => {
      const value = name === "NODE_TLS_REJECT_UNAUTHORIZED" ? "0" : join(folder, "foreign.pem");
      const plugin = await runToHandshake(join(binaryDirectory, kv.name), {
        ...cookie,
        PLUGIN_PROTOCOL_VERSIONS: "5",
        PLUGIN_CLIENT_CERT: host.cert,
        PLUGIN_UNIX_SOCKET_DIR: folder,
        VAULT_PLUGIN_AUTOMTLS_ENABLED: "true",
        NODE_USE_SYSTEM_CA: "1",
        [name]: value,
      });
      const [, , , socket = "", , certificate = ""] = plugin.handshake;
      const ca = handshakeCertificate(certificate);

      const dialled = {
        host: (await dial(socket, { ...host, ca })).served,
        foreign: (await dial(socket, { ...foreign, ca })).served,
        nobody: (await dial(socket, { ca })).served,
      };
      await plugin.kill();

      assert.deepEqual(dialled, { host: true, foreign: false, nobody: false });
    });
});
