import { CommandError } from "../command-error.ts";

/** The kinds of plugins that can be made, in the words that their names use. */
export const pluginKinds = ["secrets", "auth"] as const;

/** A kind of plugin. */
export type PluginKind = (typeof pluginKinds)[number];

/** How a new plugin is called. */
export interface Identity {
  /** Its whole name, as servers and folders know it. */
  readonly name: string;
  /** The last part of it, where the plugin is mounted. */
  readonly shortName: string;
  readonly kind: PluginKind;
}

/** Makes a short or a whole name into a plugin's identity; undefined where nothing says which kind it is. */
export function identityOf(name: string, kind: PluginKind | undefined): Identity | undefined {
  const whole = /^([a-z]+-plugin-(secrets|auth)-)(.*)$/.exec(name);
  const [, prefix, named, rest] = whole ?? [];
  const shortName = rest ?? name;
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(shortName))
    throw new CommandError(
      `"${name}" cannot be a plugin's name; it must be of lower-case letters, digits and single -`,
    );
  const found = pluginKinds.find((each) => each === named) ?? kind;
  if (found === undefined) return undefined;
  if (kind !== undefined && kind !== found)
    throw new CommandError(`the name ${name} says ${found}, and --type says ${kind}; leave out --type`);
  return { name: `${prefix ?? `vault-plugin-${found}-`}${shortName}`, shortName, kind: found };
}
