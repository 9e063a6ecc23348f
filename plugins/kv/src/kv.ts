import { type Backend, type Factory, UserError } from "@vaultwright/core";
import { readOnly } from "./read-only.ts";
import { kvV1 } from "./v1/kv-v1.ts";

/** The key/value engine, in the version that the mount's option `version` names. */
export const kv: Factory = ({ options, log }): Backend => {
  const version = options.get("version") ?? "";
  const v1 = kvV1({ isLeased: options.get("leased_passthrough") === "true" });
  if (version === "" || version === "1") return v1;
  if (version === "2") return readOnly(v1, log);
  throw new UserError(
    `version "${version}" of the key/value store is not supported; supported is version "1", which is also used when no version is set`,
  );
};
