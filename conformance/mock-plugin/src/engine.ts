import { type Backend, secretsEngine } from "@vaultwright/core";
import { headers, large, raw, wrapped } from "./answers.ts";
import { created, named, refused } from "./answers-by-name.ts";
import { credential, credentials } from "./credentials.ts";
import { crash, refusal } from "./failures.ts";
import { events, storage, system } from "./host-calls.ts";
import { echo, failure, logged, open, print, sleep, stored, tree } from "./paths.ts";
import { counter, diary, serial } from "./state.ts";
import { begin, unfinished } from "./unfinished.ts";

/** A secrets engine that misbehaves on request, uses every call of its host, and tells what it sees. */
export function mock(): Backend {
  const { paths: told, note } = diary();
  const answers = [echo, raw, headers, wrapped, large, named, created, refused, open, stored, tree, credentials];
  const misbehaving = [failure, refusal, crash, sleep, print, logged];
  return secretsEngine({
    help: "Misbehaves on request.",
    paths: [...answers, ...misbehaving, system, storage, events, begin, ...told, counter(), serial()],
    secrets: [credential],
    writeAheadLogs: [unfinished],
    specialPaths: { sealWrapStorage: ["storage/"], localStorage: ["local/"] },
    initialize: () => note("initialized"),
    invalidate: (key) => note(`invalidated ${key}`),
    cleanup: ({ log }) => log.info("cleaned up"),
  });
}
