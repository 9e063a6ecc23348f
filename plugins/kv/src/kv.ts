import { type Backend, type Factory, UserError } from "@vaultwright/core";
import { kvV1 } from "./v1/kv-v1.ts";
import { kvV2 } from "./v2/kv-v2.ts";

/** The key/value engine, in the version that the mount's option `version` names. */
export const kv: Factory = (mount): Backend => {
  const { options, system } = mount;
  const version = options.get("version") ?? "";
  if (version === "" || version === "1")
    return kvV1({
      isLeased: options.get("leased_passthrough") === "true",
      isOpenBao: system.host.kind === "openbao",
    });
  if (version !== "2")
    throw new UserError(`version "${version}" of the key/value store is not supported; there are "1" and "2"`);
  // Below it lies what is stored, beside the objects of a version 1 that this mount may have been.
  if (mount.uuid === "") throw new UserError("could not initialize versioned K/V Store, no UUID was provided");
  return kvV2(mount);
};
