import type { Host } from "@vaultwright/core";

/** A line of a server's log. */
export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What a server can do and another cannot; cases follow it. */
export interface Abilities {
  /** The version of the plugin protocol that it agrees on with our plugins. */
  readonly protocol: 4 | 5;
  /** Whether one process of a plugin serves several mounts. */
  readonly sharesProcesses: boolean;
  /** Whether plugins have versions in the catalogue. */
  readonly hasPluginVersions: boolean;
  /** Whether several writes of a plugin can be made or undone together. */
  readonly hasTransactions: boolean;
}

/** A running server that plugins are proven against. */
export interface ServerUnderTest {
  readonly name: string;
  readonly abilities: Abilities;
  /** The product that plugins must take it for. */
  readonly host: Host;
  readonly address: string;
  readonly rootToken: string;
  /** Where the server looks for plugins. */
  readonly pluginDirectory: string;
  /** One share opens the seal; absent where the server has none. */
  readonly unsealKey?: string;
  /** The lines logged so far. */
  logs(): readonly LogLine[];
  stop(): Promise<void>;
}
