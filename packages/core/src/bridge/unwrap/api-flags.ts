import { parseGoBoolean } from "./go-values.ts";

/** Settings of the API's client that an operator gives as arguments of the plugin. */
export interface ApiFlags {
  readonly caFile?: string;
  readonly caDirectory?: string;
  readonly clientCertificateFile?: string;
  readonly clientKeyFile?: string;
  readonly serverName?: string;
  readonly skipsVerification?: boolean;
}

type Writable<T> = { -readonly [key in keyof T]: T[key] };
type TextFlag = Exclude<keyof ApiFlags, "skipsVerification">;

const textFlags: ReadonlyMap<string, TextFlag> = new Map([
  ["ca-cert", "caFile"],
  ["ca-path", "caDirectory"],
  ["client-cert", "clientCertificateFile"],
  ["client-key", "clientKeyFile"],
  ["tls-server-name", "serverName"],
]);

/**
 * Reads the plugin's arguments in the notation of Go's flags: one or two dashes, the value after `=` or as the next
 * argument. What is no flag of the API's client is passed over, since it may be the plugin's own.
 */
export function parseApiFlags(args: readonly string[]): ApiFlags {
  const flags: Writable<ApiFlags> = {};
  const rest = args[Symbol.iterator]();
  for (const argument of rest) {
    if (argument === "--") break;
    const { name, value } = partsOf(argument);
    const text = textFlags.get(name);
    if (text) {
      // An empty value is as good as none, as in Go.
      const given = value ?? rest.next().value;
      if (given === undefined) throw new TypeError(`flag needs an argument: -${name}`);
      if (given !== "") flags[text] = given;
    } else if (name === "tls-skip-verify") {
      flags.skipsVerification = parseSwitch(name, value);
    }
  }
  return flags;
}

/** Takes an argument apart; its name is empty when it is no flag. */
function partsOf(argument: string): { readonly name: string; readonly value: string | undefined } {
  const [, name = "", value] = /^--?([^-=][^=]*)(?:=(.*))?$/s.exec(argument) ?? [];
  return { name, value };
}

function parseSwitch(name: string, text = "true"): boolean {
  const value = parseGoBoolean(text);
  if (value === undefined) throw new TypeError(`invalid boolean value for -${name}`);
  return value;
}
