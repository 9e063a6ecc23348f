import { type Backend, type Factory, UserError } from "@vaultwright/core";
import { kvV1 } from "./v1/kv-v1.ts";

/** The key/value engine, in the version that the mount's option `version` names. */
export const kv: Factory = ({ options }): Backend => {
  const version = options.get("version") ?? "";
  if (version !== "" && version !== "1")
    throw new UserError(
      `version "${version}" of the key/value store is not supported; supported is version "1", which is also used when no version is set`,
    );
  return kvV1({ isLeased: options.get("leased_passthrough") === "true" });
};
