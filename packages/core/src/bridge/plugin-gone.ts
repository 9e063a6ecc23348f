/** A call on a plugin whose process has ended; a host starts another process and repeats the call once. */
export class PluginGone extends Error {
  override readonly name: string = "PluginGone";

  constructor(options?: { readonly cause?: unknown }) {
    super("plugin is shut down", options);
  }
}
