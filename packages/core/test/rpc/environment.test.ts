import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { negotiateVersion, parseEnvironment } from "../../src/rpc/environment.ts";

const prefixes = ["BAO_", "VAULT_"];

describe("a plugin's environment", () => {
  test("takes only the exact word true for true [W30]", () => {
    const modes = (text: string) => {
      const variables = { VAULT_PLUGIN_METADATA_MODE: text, VAULT_PLUGIN_AUTOMTLS_ENABLED: text };
      const { metadataMode, autoMtls } = parseEnvironment(variables, prefixes);
      return [metadataMode, autoMtls];
    };

    for (const text of ["True", "1", "t", " true", ""]) assert.deepEqual(modes(text), [false, false]);
    assert.deepEqual(modes("true"), [true, true]);
  });

  test("prefers the variable of the first prefix, also when it is empty [W31]", () => {
    const read = (bao: string | undefined, given = prefixes) => {
      const names = ["PLUGIN_AUTOMTLS_ENABLED", "PLUGIN_METADATA_MODE", "VERSION"];
      const vault = names.map((name) => [`VAULT_${name}`, "true"]);
      const own = bao === undefined ? [] : names.map((name) => [`BAO_${name}`, bao]);
      const { autoMtls, metadataMode, hostVersion } = parseEnvironment(Object.fromEntries([...vault, ...own]), given);
      return [autoMtls, metadataMode, hostVersion];
    };

    assert.deepEqual(read(""), [false, false, ""]);
    assert.deepEqual(read("other"), [false, false, "other"]);
    assert.deepEqual(read(undefined), [true, true, "true"]);
    assert.deepEqual(read("", ["VAULT_"]), [true, true, "true"]);
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
