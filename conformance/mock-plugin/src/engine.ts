import { type Backend, secretsEngine } from "@vaultwright/core";
import { credential, credentials } from "./credentials.ts";
import { echo, failure, logged, print, sleep, stored } from "./paths.ts";
import { counter, serial } from "./state.ts";

/** A secrets engine that misbehaves on request, and tells what it sees. */
export function mock(): Backend {
  return secretsEngine({
    help: "Misbehaves on request.",
    paths: [failure, echo, sleep, print, logged, stored, credentials, counter(), serial()],
    secrets: [credential],
  });
}
