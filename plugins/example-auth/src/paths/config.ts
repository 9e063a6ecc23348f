import { randomUUID } from "node:crypto";
import { type Path, path, sanitizePolicies, t, UserError } from "@vaultwright/core";
import { type Config, readConfig, type SharedLogin, storedConfig } from "../config.ts";
import type { MountMemory } from "../mount-memory.ts";
import type { Passwords } from "../password.ts";

/** `config`: the settings of the mount. */
export function configPath({ passwords, changes }: MountMemory): Path {
  return path("config", {
    summary: "Configure lockout and the shared secret.",
    description: "A change leaves what it does not name as it was; deleting goes back to the defaults.",
    fields: {
      lockout_threshold: t.int({ description: "So many wrong passwords lock a user; zero never locks. Default 5." }),
      lockout_duration: t.seconds({ description: "How long a user stays locked. Default 15 minutes." }),
      lockout_counter_reset: t.seconds({
        description: "A wrong password this long after the one before counts as the first. Default 15 minutes.",
      }),
      shared_secret: t.string({
        description: "Password for logins without a user name. Empty, as at first: such logins are refused. Not shown.",
      }),
      shared_policies: t.commaStrings({ description: "Policies of these logins." }),
      shared_metadata: t.pairs({ description: "Metadata of these logins." }),
      shared_ttl: t.seconds({ description: "Lifetime that their tokens start with." }),
      shared_max_ttl: t.seconds({ description: "Longest lifetime that their tokens reach by renewal." }),
    },

    read: async ({ storage }) => ({ data: toData(await readConfig(storage)) }),

    async update({ fields, storage, signal }) {
      const change = async () => {
        const { lockout, shared } = await readConfig(storage);
        const changed: Config = {
          lockout: {
            threshold: fields.lockout_threshold ?? lockout.threshold,
            duration: fields.lockout_duration ?? lockout.duration,
            counterReset: fields.lockout_counter_reset ?? lockout.counterReset,
          },
          shared: {
            ...(await changedSecret(fields.shared_secret, shared, passwords)),
            policies: sanitizePolicies(fields.shared_policies ?? shared.policies),
            metadata: fields.shared_metadata ?? shared.metadata,
            ttl: fields.shared_ttl ?? shared.ttl,
            maxTtl: fields.shared_max_ttl ?? shared.maxTtl,
          },
        };
        check(changed);
        await storedConfig.put(storage, changed);
      };
      await changes.exclusive(storedConfig.key, change, { signal });
    },

    delete: ({ storage }) => changes.exclusive(storedConfig.key, () => storedConfig.delete(storage)),
  });
}

/** A secret written again keeps its id, so that tokens made with it can still be renewed. */
async function changedSecret(
  given: string | undefined,
  { secret }: SharedLogin,
  passwords: Passwords,
): Promise<Pick<SharedLogin, "secret">> {
  if (given === "") return {};
  const isSame = given === undefined || (secret && (await passwords.verify(given, secret.hash)));
  if (isSame) return secret ? { secret } : {};
  return { secret: { id: randomUUID(), hash: await passwords.hash(given) } };
}

function check({ lockout, shared }: Config): void {
  if (lockout.threshold < 0) throw new UserError("lockout_threshold cannot be negative");
  if (shared.ttl > shared.maxTtl && shared.maxTtl > 0)
    throw new UserError("shared_ttl cannot be greater than shared_max_ttl");
}

function toData({ lockout, shared }: Config): Readonly<Record<string, unknown>> {
  return {
    lockout_threshold: lockout.threshold,
    lockout_duration: lockout.duration,
    lockout_counter_reset: lockout.counterReset,
    shared_secret_set: shared.secret !== undefined,
    shared_policies: shared.policies,
    shared_metadata: shared.metadata,
    shared_ttl: shared.ttl,
    shared_max_ttl: shared.maxTtl,
  };
}
