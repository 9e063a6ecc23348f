import { createHash, randomBytes } from "node:crypto";
import { UserError } from "@vaultwright/core/launch";
import { integerField, textField } from "./fields.ts";
import { type ApiCall, type ApiRoute, route } from "./route.ts";

const randomSources = ["platform", "seal", "all"];
const mostBytes = 128 * 1024;

const randomFields = { bytes: "integer", format: "string" } as const;
const hashFields = { algorithm: "string", format: "string", input: "string" } as const;

/** The paths of tools that need no secrets. */
export const toolRoutes: readonly ApiRoute[] = [
  route("tools/random", "Make random bytes.", { update: random }, randomFields),
  route("tools/random/:source", "Make random bytes.", { update: random }, randomFields),
  route("tools/random/:source/:urlbytes", "Make random bytes.", { update: random }, randomFields),
  route("tools/hash", "Hash data.", { update: hash }, hashFields),
  route("tools/hash/:urlalgorithm", "Hash data.", { update: hash }, hashFields),
];

function random({ params, data }: ApiCall) {
  const format = formatOf(data, "base64", (given) => JSON.stringify(given));
  return { data: { random_bytes: randomBytes(byteCount(params, data)).toString(format) } };
}

/** All sources of this server are the platform's, so which one a client names does not matter. */
function byteCount(params: ApiCall["params"], data: ApiCall["data"]): number {
  const { source = "", urlbytes = "" } = params;
  const written = randomSources.includes(source) ? urlbytes : source;
  if (urlbytes !== "" && written !== urlbytes)
    throw new UserError(`unsupported entropy source ${JSON.stringify(source)}; must be "platform" or "seal", or "all"`);
  if (written !== "" && !/^[-+]?\d+$/.test(written))
    throw new UserError(
      `error parsing url-set byte count: strconv.Atoi: parsing ${JSON.stringify(written)}: invalid syntax`,
    );
  const given = data["bytes"] === undefined ? 32 : integerField(data, "bytes");
  const count = written === "" ? given : Number(written);
  if (count < 1) throw new UserError(`"bytes" cannot be less than 1`);
  if (count > mostBytes) throw new UserError(`"bytes" should be less than ${mostBytes}`);
  return count;
}

function hash({ params, data }: ApiCall) {
  const named = params["urlalgorithm"] ?? textField(data, "algorithm");
  const algorithm = algorithms.get(named === "" ? "sha2-256" : named);
  if (algorithm === undefined) throw new UserError(`unsupported algorithm ${named}`);
  const format = formatOf(data, "hex", (given) => given);
  const input = textField(data, "input");
  const bytes = Buffer.from(input, "base64");
  if (bytes.toString("base64") !== input)
    throw new UserError("unable to decode input as base64: illegal base64 data at input byte 0");
  return { data: { sum: createHash(algorithm).update(bytes).digest(format) } };
}

const algorithms: ReadonlyMap<string, string> = new Map(
  ["224", "256", "384", "512"].flatMap((bits) => [
    [`sha2-${bits}`, `sha${bits}`],
    [`sha3-${bits}`, `sha3-${bits}`],
  ]),
);

function formatOf(
  data: ApiCall["data"],
  otherwise: "hex" | "base64",
  shown: (given: string) => string,
): "hex" | "base64" {
  const given = textField(data, "format");
  if (given === "") return otherwise;
  if (given === "hex" || given === "base64") return given;
  throw new UserError(`unsupported encoding format ${shown(given)}; must be "hex" or "base64"`);
}
