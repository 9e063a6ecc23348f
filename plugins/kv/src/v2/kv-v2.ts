import { type Backend, type Mount, secretsEngine } from "@vaultwright/core";
import { lease } from "../v1/lease.ts";
import { checkedPath } from "./checked-path.ts";
import { createEngine } from "./engine.ts";
import { configPath } from "./paths/config.ts";
import { dataPath } from "./paths/data.ts";
import { deletePath } from "./paths/delete.ts";
import { destroyPath } from "./paths/destroy.ts";
import { detailedMetadataPath } from "./paths/detailed-metadata.ts";
import { extensionsPath } from "./paths/extensions.ts";
import { invalidPath } from "./paths/invalid.ts";
import { metadataPath } from "./paths/metadata.ts";
import { searchPath } from "./paths/search.ts";
import { subkeysPath } from "./paths/subkeys.ts";
import { transferPath } from "./paths/transfer.ts";
import { treePath } from "./paths/tree.ts";
import { undeletePath } from "./paths/undelete.ts";
import { createUpgrade } from "./upgrade.ts";

/** Makes version 2 of the key/value engine: each secret has versions, which can be deleted and brought back. */
export function kvV2(mount: Mount): Backend {
  const { uuid, system, log } = mount;
  const engine = createEngine({ uuid, isOpenBao: system.host.kind === "openbao" });
  const { prefix, names, secrets, settings } = engine;
  const upgrade = createUpgrade(engine, mount);
  const paths = [
    configPath(engine),
    extensionsPath(engine),
    dataPath(engine),
    metadataPath(engine),
    ...(engine.isOpenBao ? [detailedMetadataPath(engine)] : []),
    destroyPath(engine),
    subkeysPath(engine),
    deletePath(engine),
    undeletePath(engine),
    transferPath(engine, "copy"),
    transferPath(engine, "move"),
    searchPath(engine),
    treePath(engine, "delete"),
    treePath(engine, "undelete"),
  ];
  return secretsEngine({
    help: "Keeps secrets in versions. Each write makes a new one, and older ones can be read, deleted and brought back.",
    // The last one takes what no other path does.
    paths: [...paths.map((each) => checkedPath(each, upgrade)), invalidPath(engine)],
    // Leases of the time before the mount became version 2 must end.
    secrets: [lease],
    specialPaths: { sealWrapStorage: [prefix], allowSnapshotRead: ["data/*"] },
    async initialize() {
      try {
        await upgrade.begin();
      } catch (error) {
        // A mount that fails to start could not even be disabled. Each request tries again, and answers with the reason.
        log.error("conversion to versioned secrets could not begin", { error });
      }
    },
    cleanup: () => upgrade.stop(),
    invalidate(key) {
      secrets.forget();
      if (key === names.key) names.forget();
      if (key === settings.key) settings.forget();
    },
  });
}
