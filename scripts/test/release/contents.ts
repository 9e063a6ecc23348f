import { sha256 } from "../../release/checksums.ts";
import { binaryName, type Contents } from "../../release/contents.ts";
import { systemPartsOf } from "../../release/system-parts.ts";
import { targetsNamed } from "../../release/targets.ts";

/** The content that stands for a binary in these tests. */
export const binaryContent = "binary";

/** A release of a plugin that does not exist, with files for two processors. */
export function sampleContents(): Contents {
  const targets = targetsNamed(["linux_amd64", "linux_arm64"]);
  const plugin = {
    name: "vault-plugin-auth-badge",
    version: "v1.2.3",
    type: "auth",
    mountPath: "auth/badge/",
    folder: "/nowhere",
    entry: "/nowhere/src/main.ts",
  } as const;
  const qr = { name: "qr", version: "0.7.0", licence: "(MIT OR Apache-2.0)", notices: ["Copyright somebody"] };
  return {
    plugin,
    revision: { commit: "0123abc", date: new Date("2026-11-21T16:00:00Z") },
    binaries: targets.map((target) => ({ target, file: binaryName(plugin, target), sha256: sha256(binaryContent) })),
    components: [
      { ...qr, integrity: `sha512-${Buffer.alloc(64, 1).toString("base64")}` },
      { ...qr, name: "@scure/base", licence: "MIT", version: "2.4.0", integrity: undefined },
    ],
    systemParts: systemPartsOf(targets),
  };
}
