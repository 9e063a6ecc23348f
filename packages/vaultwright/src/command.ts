import { resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { build } from "./build/build.ts";
import { CommandError } from "./command-error.ts";
import { bunPackages, isPlatform, type Platform } from "./compile/bun.ts";
import type { RunningServer } from "./dev/target.ts";
import { doctor } from "./doctor/doctor.ts";
import { type PluginKind, pluginKinds } from "./new/identity.ts";
import { newPlugin, nextSteps } from "./new/new.ts";
import { completeWishes } from "./new/questions.ts";
import { register } from "./register/register.ts";
import { namedServer } from "./server/options.ts";

const folder = process.cwd();
const print = (line: string): void => console.log(line);

const vaultOption = [
  "--vault [address]",
  "use this running server; address from VAULT_ADDR, token from VAULT_TOKEN",
] as const;
const directoryOption = ["--plugin-dir <folder>", "the plugin directory of that server"] as const;

/** Makes the command with all that it can do. */
export function vaultwrightCommand(): Command {
  return new Command("vaultwright")
    .description("Makes, runs, builds and registers plugins for HashiCorp Vault and OpenBao.")
    .addCommand(newCommand("new", (name) => `vaultwright new ${name} --type secrets`))
    .addCommand(devCommand())
    .addCommand(buildCommand())
    .addCommand(registerCommand())
    .addCommand(doctorCommand());
}

/** Makes the command that npm runs for `npm create vaultwright`, which takes options only behind `--`. */
export function createCommand(): Command {
  const exampleOf = (name: string) => `npm create vaultwright ${name} -- --type secrets`;
  return newCommand("npm create vaultwright", exampleOf)
    .usage("[name] -- [options]")
    .showHelpAfterError(`For instance: ${exampleOf("notes")}`);
}

function newCommand(command: string, exampleOf: (name: string) => string): Command {
  return new Command(command)
    .description("Make the folder of a new plugin.")
    .argument("[name]", "its name, short (notes) or whole (vault-plugin-secrets-notes)")
    .addOption(new Option("--type <kind>", "a secrets engine or an auth method").choices(pluginKinds))
    .action(async (name: string | undefined, { type }: { type?: PluginKind }) => {
      const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
      const person = isTerminal ? { input: process.stdin, output: process.stdout } : undefined;
      const identity = await completeWishes({ name, kind: type }, person, exampleOf);
      print(nextSteps(await newPlugin(identity, folder), identity, folder));
    });
}

function devCommand(): Command {
  return new Command("dev")
    .description("Run the plugin in a server, and anew after each change of its sources.")
    .argument("[entry]", "the file that calls serve() (default: src/main.ts)")
    .option(...vaultOption)
    .option(...directoryOption)
    .option(
      "--inspect [host:port]",
      `run it from its sources by Node, with an inspector at ${inspector}`,
      parseInspector,
    )
    .action(async (entry: string | undefined, options: DevFlags) => {
      // The embedded server takes longer to load than all else, and the other commands have no need of it.
      const { dev } = await import("./dev/dev.ts");
      const server = developmentServer(options);
      const ending = new AbortController();
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => ending.abort());
      const inspect = options.inspect === true ? inspector : options.inspect;
      await dev({ folder, entry, server, inspector: inspect, print, signal: ending.signal });
    });
}

/** Where inspectors look first. */
const inspector = "127.0.0.1:9229";

function parseInspector(text: string): string {
  const [, host, port] = /^(?:(.+):)?(\d{1,5})$/.exec(text) ?? [];
  if (port === undefined) throw new InvalidArgumentError("It must be a port, or HOST:PORT.");
  return `${host ?? "127.0.0.1"}:${port}`;
}

function developmentServer({ vault, pluginDir }: DevFlags): RunningServer | undefined {
  const named = namedServer(vault, process.env);
  if (named !== undefined && pluginDir !== undefined) return { ...named, pluginDirectory: resolve(pluginDir) };
  if (named === undefined && pluginDir === undefined) return undefined;
  throw new CommandError("--vault and --plugin-dir belong together: the file must go where that server looks for it");
}

interface DevFlags {
  readonly vault?: string | true;
  readonly pluginDir?: string;
  readonly inspect?: string | true;
}

function buildCommand(): Command {
  return new Command("build")
    .description("Compile the plugin into one file in dist/.")
    .argument("[entry]", "the file that calls serve() (default: src/main.ts)")
    .option("--target <platform...>", `for these platforms instead of this one: ${platforms}`, collectPlatforms)
    .action(async (entry: string | undefined, { target }: { target?: readonly Platform[] }) => {
      await build({ folder, entry, targets: target, print });
    });
}

const platforms = Object.keys(bunPackages).join(", ");

function collectPlatforms(name: string, before: readonly Platform[] = []): readonly Platform[] {
  if (!isPlatform(name)) throw new InvalidArgumentError(`It must be one of ${platforms}.`);
  return [...before, name];
}

function registerCommand(): Command {
  return new Command("register")
    .description("Print the commands that register and mount the built plugin, or with --vault do it.")
    .argument("[file]", "the plugin's file (default: the one in dist/)")
    .option(...vaultOption)
    .option("--plugin-dir <folder>", "the plugin directory of that server, to copy the file to")
    .action(async (file: string | undefined, { vault, pluginDir }: Pick<DevFlags, "vault" | "pluginDir">) => {
      const server = namedServer(vault, process.env);
      if (server === undefined && pluginDir !== undefined) throw new CommandError("--plugin-dir needs --vault");
      const pluginDirectory = pluginDir === undefined ? undefined : resolve(pluginDir);
      await register({ folder, file, server, pluginDirectory, print });
    });
}

function doctorCommand(): Command {
  return new Command("doctor")
    .description("Have the built plugin examine itself and this machine.")
    .argument("[file]", "the plugin's file (default: the one in dist/)")
    .action(async (file: string | undefined) => {
      if (!(await doctor(folder, file))) process.exitCode = 1;
    });
}
