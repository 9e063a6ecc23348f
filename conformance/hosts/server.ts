/** A line of a server's log. */
export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A running server that plugins are proven against. */
export interface ServerUnderTest {
  readonly name: string;
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
