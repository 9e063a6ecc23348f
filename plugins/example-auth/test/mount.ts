import { createHash } from "node:crypto";
import { type Harness, type HarnessOptions, harness } from "@vaultwright/core/testing";
import { exampleAuth } from "../src/example-auth.ts";
import { createMountMemory } from "../src/mount-memory.ts";
import { createPasswords } from "../src/password.ts";
import { createThrottle } from "../src/throttle.ts";

/** A mount of the plugin with a clock that tests set, and hashes that cost nothing but are counted. */
export interface TestMount extends Harness {
  readonly clock: { seconds: number };
  readonly hashes: { count: number };
}

/** Mounts the plugin in memory. */
export async function mount(options: HarnessOptions = {}): Promise<TestMount> {
  const clock = { seconds: 0 };
  const hashes = { count: 0 };
  const passwords = createPasswords({
    async derive(password, { salt }) {
      hashes.count += 1;
      return createHash("sha256").update(salt).update(password).digest();
    },
  });
  const throttle = createThrottle({ now: () => clock.seconds });
  const mounted = await harness(
    (about) => exampleAuth(about, createMountMemory(about.system.host, { passwords, throttle })),
    options,
  );
  return { ...mounted, clock, hashes };
}

/** Mounts the plugin with the user `bob` whose password is `pw`. */
export async function mountWithBob(settings: Readonly<Record<string, unknown>> = {}): Promise<TestMount> {
  const mounted = await mount();
  const usual = { password: "pw", token_policies: "a,b", token_ttl: "10m" };
  await mounted.write("users/bob", { ...usual, ...settings });
  return mounted;
}
