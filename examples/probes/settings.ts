import { entry, type Path, path, type Storage, t } from "@vaultwright/core";

/** The settings of a mount. Durations are seconds. */
export interface Config {
  readonly keep_for: number;
}

/** The settings, kept in memory once they were read. */
export interface Settings {
  get(storage: Storage): Promise<Config>;
  put(storage: Storage, config: Config): Promise<void>;
  /** Drops what is kept of a key of storage. */
  invalidate(key: string): void;
}

const stored = entry<Config>("config");
const defaults: Config = { keep_for: 30 * 86_400 };

/** Makes the settings of one mount. */
export function createSettings(): Settings {
  let cached: Config | undefined;
  let version = 0;

  function forget(): void {
    cached = undefined;
    version += 1;
  }

  return {
    async get(storage) {
      if (cached) return cached;
      const before = version;
      const found = (await stored.get(storage)) ?? defaults;
      // What was read while somebody wrote may be old.
      if (before === version) cached = found;
      return found;
    },
    async put(storage, config) {
      await stored.put(storage, config).finally(forget);
    },
    invalidate(key) {
      if (key === stored.key) forget();
    },
  };
}

/** `config`: the settings. */
export function settingsPath(settings: Settings): Path {
  return path("config", {
    summary: "Say how long results are kept.",
    fields: { keep_for: t.seconds({ default: defaults.keep_for, description: "How long results are kept." }) },
    read: async ({ storage }) => ({ data: await settings.get(storage) }),
    update: ({ fields, storage }) => settings.put(storage, fields),
  });
}
