import { type Backend, secretsEngine } from "@vaultwright/core";
import { account } from "./account.ts";
import { configPath, storedConfig } from "./config.ts";
import { credsPath } from "./creds.ts";
import { rolePath, rolesPath } from "./roles.ts";
import { rotationPath } from "./rotation.ts";
import { unfinished } from "./unfinished.ts";

/** A secrets engine that makes accounts of a service on demand, and deletes them when their leases end. */
export function accountsEngine(): Backend {
  return secretsEngine({
    help: "Hands out accounts of a service, each with a lease.",
    paths: [configPath, rotationPath(), rolesPath, rolePath, credsPath],
    secrets: [account],
    stored: [storedConfig],
    writeAheadLogs: [unfinished],
  });
}
