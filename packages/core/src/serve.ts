import { describeVersion } from "./build-stamp.ts";
import type { Factory } from "./logical/backend.ts";
import type { TlsProvider } from "./rpc/tls-material.ts";
import { usageOf } from "./usage.ts";

/** What a plugin says of itself, as its package.json has it. */
export interface PluginPackage {
  readonly name: string;
  /** `X.Y.Z`; the host is told `vX.Y.Z`. */
  readonly version: string;
}

/** What a plugin may exchange of how it is served. */
export interface ServeOptions {
  /**
   * Where the certificate comes from on hosts without AutoMTLS, that is Vault before 1.12. Unless given, it comes from
   * the server's API, with the unwrap token that the server hands over.
   */
  readonly tlsProvider?: TlsProvider;
}

/**
 * Serves a plugin to the Vault or OpenBao that started this process, from its first line to the end of the process.
 *
 * With `--version` it only prints the version, and where the file is a release, of which revision and when it was
 * built. Started by hand it explains itself and ends, or with the argument `doctor` examines itself and the machine.
 */
export async function serve(factory: Factory, plugin: PluginPackage, options: ServeOptions = {}): Promise<void> {
  const version = reportedVersion(plugin);
  if (process.argv.slice(2).some((argument) => argument === "--version" || argument === "-version")) {
    process.stdout.write(`${describeVersion(version)}\n`);
    return;
  }

  if (process.argv[2] === "doctor" && !(await isStartedByHost())) {
    const { examine } = await import("./doctor/doctor.ts");
    const { text, isWell } = await examine(plugin.name, version);
    // Whatever the author's modules have started must not keep the doctor.
    process.stdout.write(text, () => process.exit(isWell ? 0 : 1));
    return;
  }

  // Definitions and their tests import this file as well, and need nothing of what lies behind it.
  const { serveBackend } = await import("./bridge/serve-backend.ts");
  const usage = usageOf(plugin.name, version);
  await serveBackend(factory, { version, usage, tlsProvider: options.tlsProvider });
}

async function isStartedByHost(): Promise<boolean> {
  const { pluginCookie } = await import("./bridge/cookie.ts");
  return process.env[pluginCookie.name] === pluginCookie.value;
}

const semanticVersion = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

/** Hosts register a shorter version such as `1.0` and then cannot mount the plugin. */
function reportedVersion({ name, version }: PluginPackage): string {
  const bare = version.replace(/^v/, "");
  if (!semanticVersion.test(bare))
    throw new TypeError(`${name} has version ${version}, which is not of the form X.Y.Z`);
  return `v${bare}`;
}
