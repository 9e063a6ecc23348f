import type { OpenApiDocument } from "../../../src/framework/openapi/document.ts";
import type { HostKind, Path, SecretsEngineDefinition } from "../../../src/index.ts";
import { secretsEngine } from "../../../src/index.ts";
import { harness } from "../../../src/testing/index.ts";

/** Asks a plugin of these paths for its help, and gives the document in the answer. */
export async function documented(
  paths: readonly Path[],
  { host = "vault", prefix = "test", more = {}, path = "" }: DocumentedOptions = {},
): Promise<OpenApiDocument> {
  const mount = await harness(() => secretsEngine({ help: "", paths, ...more }), {
    system: {
      host: { kind: host, version: "1.2.3" },
      pluginEnvironment: { version: "1.2.3", versionPrerelease: "", versionMetadata: "" },
    },
  });
  const answer = await mount.request("help", path, { requestResponsePrefix: prefix });
  // The answer went through the wire as JSON, and it is the tests that show what it holds.
  return answer?.data?.["openapi"] as OpenApiDocument;
}

interface DocumentedOptions {
  readonly host?: HostKind;
  readonly prefix?: string;
  readonly more?: Partial<SecretsEngineDefinition>;
  readonly path?: string;
}
