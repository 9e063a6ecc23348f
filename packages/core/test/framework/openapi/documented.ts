import type { OpenApiDocument } from "../../../src/framework/openapi/document.ts";
import {
  authMethod,
  type BackendType,
  type HostKind,
  type Path,
  type PluginDefinition,
  secretsEngine,
} from "../../../src/index.ts";
import { harness } from "../../../src/testing/index.ts";

/** Asks a plugin of these paths for its help, and gives the document in the answer. */
export async function documented(
  paths: readonly Path[],
  { host = "vault", prefix = "test", type = "secret", more = {}, path = "" }: DocumentedOptions = {},
): Promise<OpenApiDocument> {
  const make = type === "auth" ? authMethod : secretsEngine;
  const mount = await harness(() => make({ help: "", paths, ...more }), {
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
  readonly type?: BackendType;
  readonly more?: Partial<PluginDefinition>;
  readonly path?: string;
}
