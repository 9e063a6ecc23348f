import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { negotiateVersion, parseEnvironment } from "../../src/rpc/environment.ts";

const prefixes = ["BAO_", "VAULT_"];

describe("a plugin's environment", () => {
  test("takes only the exact word true for true", () => {
    for (const text of ["True", "1", "t", " true", ""]) {
      assert.equal(parseEnvironment({ VAULT_PLUGIN_METADATA_MODE: text }, prefixes).metadataMode, false);
    }
    assert.equal(parseEnvironment({ VAULT_PLUGIN_METADATA_MODE: "true" }, prefixes).metadataMode, true);
  });

  test("prefers the variable of the first prefix, also when it is empty", () => {
    const variables = { BAO_PLUGIN_AUTOMTLS_ENABLED: "", VAULT_PLUGIN_AUTOMTLS_ENABLED: "true" };

    assert.equal(parseEnvironment(variables, prefixes).autoMtls, false);
    assert.equal(parseEnvironment(variables, ["VAULT_"]).autoMtls, true);
  });

  test("tells the host's version", () => {
    assert.equal(parseEnvironment({ VAULT_VERSION: "1.21.4" }, prefixes).hostVersion, "1.21.4");
  });

  test("keeps items that are no versions apart", () => {
    const { versions, invalidVersions } = parseEnvironment({ PLUGIN_PROTOCOL_VERSIONS: "4,x,3, 5" });

    assert.deepEqual(versions, [4, 3]);
    assert.deepEqual(invalidVersions, ["x", " 5"]);
  });

  for (const text of ["1", "t", "T", "TRUE", "true", "True"]) {
    test(`shares one socket when the host says ${text}`, () => {
      const { announceMultiplexing, multiplexing } = parseEnvironment({ PLUGIN_MULTIPLEX_GRPC: text });

      assert.deepEqual([announceMultiplexing, multiplexing], [true, true]);
    });
  }

  for (const text of ["false", "yes", "0"]) {
    test(`announces but does not share one socket when the host says ${text}`, () => {
      const { announceMultiplexing, multiplexing } = parseEnvironment({ PLUGIN_MULTIPLEX_GRPC: text });

      assert.deepEqual([announceMultiplexing, multiplexing], [true, false]);
    });
  }

  test("treats empty values as absent where the host does", () => {
    const environment = parseEnvironment({
      PLUGIN_CLIENT_CERT: "",
      PLUGIN_UNIX_SOCKET_DIR: "",
      PLUGIN_UNIX_SOCKET_GROUP: "",
      PLUGIN_MULTIPLEX_GRPC: "",
    });

    assert.equal(environment.clientCertificate, undefined);
    assert.equal(environment.socketDirectory, undefined);
    assert.equal(environment.socketGroup, undefined);
    assert.equal(environment.announceMultiplexing, false);
  });
});

describe("the negotiation of versions", () => {
  test("takes the highest that both have", () => assert.equal(negotiateVersion([3, 5, 4], [3, 4]), 4));
  test("takes our lowest when there is none", () => assert.equal(negotiateVersion([5, 3, 4], [9]), 3));
});
