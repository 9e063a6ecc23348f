/**
 * Reads the address of the host's API in an unwrap token. The signature is not looked at: the token comes from the
 * process that started this one, and no key to check it with comes along. Clients match the texts of the errors.
 */
export function apiAddressOf(token: string): string {
  const [header, claims] = partsOf(token);
  if (header["alg"] !== "ES512") throw new TypeError("the unwrap token is not signed with ES512");
  if (!("addr" in claims)) throw new TypeError("could not validate addr claim");
  const { addr } = claims;
  if (typeof addr !== "string") throw new TypeError("could not parse addr claim");
  if (addr === "") throw new TypeError("no vault api_addr found");
  return addr;
}

type JsonObject = Readonly<Record<string, unknown>>;

function partsOf(token: string): readonly [header: JsonObject, claims: JsonObject] {
  const parts = token.split(".");
  const [header, claims] = parts.map(parsePart);
  if (parts.length !== 3 || !header || !claims) throw new TypeError("the unwrap token is no JWT");
  return [header, claims];
}

function parsePart(part: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return isObject(value) ? value : undefined;
  } catch {
    // The parser's error would have a piece of the token in its text.
    return undefined;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
