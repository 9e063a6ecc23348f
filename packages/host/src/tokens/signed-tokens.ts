import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { LogicalError } from "@vaultwright/core/launch";
import { openRecords } from "../storage/records.ts";
import type { Store } from "../storage/store.ts";

/** A wrapping token that is to be signed. */
export interface SigningWish {
  readonly id: string;
  /** Accessor of the token that it wraps, if it does. */
  readonly accessor?: string | undefined;
  readonly ttl: number;
  readonly createdAt: Date;
}

/** Wrapping tokens as JSON Web Tokens, which name their server and their end, and which nobody else can have made. */
export interface SignedTokens {
  sign(wish: SigningWish): string;
  /** Gives the token that a signed one stands for; throws for one that this server did not sign. */
  open(text: string): string;
}

// Clocks of clients may be as far behind.
const headStartSeconds = 5;
const header = encoded({ alg: "ES512", typ: "JWT" });

/** Says whether a token has the form of a signed one. */
export function isSigned(text: string): boolean {
  // One or three characters before the first dot are the prefix of another kind of token.
  return text.length > 3 && text.split(".").length === 3 && text[1] !== "." && text[3] !== ".";
}

/** Opens the signed tokens of a store. The key is made when it is first needed, and `address` is asked for each token. */
export function openSignedTokens(store: Store, address: () => string): SignedTokens {
  const records = openRecords<{ readonly privateKey: string }>(store, "wrapping-key");
  let opened: KeyObject | undefined;
  const privateKey = (): KeyObject => {
    opened ??= createPrivateKey(records.get("key")?.privateKey ?? newKey());
    return opened;
  };
  const newKey = (): string => {
    const made = generateKeyPairSync("ec", { namedCurve: "P-521" });
    const key = made.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    records.set("key", { privateKey: key });
    return key;
  };
  return {
    sign({ id, accessor = "", ttl, createdAt }) {
      const iat = Math.floor(createdAt.getTime() / 1000);
      const claims = { accessor, addr: address(), exp: iat + ttl, iat, jti: id, nbf: iat - headStartSeconds };
      const signed = `${header}.${encoded({ ...claims, type: "wrapping" })}`;
      const key = { key: privateKey(), dsaEncoding: "ieee-p1363" } as const;
      return `${signed}.${sign("sha512", Buffer.from(signed), key).toString("base64url")}`;
    },
    open(text) {
      const [head = "", claims = "", signature = ""] = text.split(".");
      const [, payload, bytes] = [decoded(head), decoded(claims), decoded(signature)];
      const key = { key: createPublicKey(privateKey()), dsaEncoding: "ieee-p1363" } as const;
      // The algorithm is not asked of the token: only what this server itself signs is taken.
      if (head !== header || !verify("sha512", Buffer.from(`${head}.${claims}`), key, bytes))
        refuse("wrapping token signature could not be validated: go-jose/go-jose: error in cryptographic primitive");
      return String(JSON.parse(payload.toString()).jti);
    },
  };
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function decoded(text: string): Buffer {
  const illegal = text.search(/[^\w-]/);
  const at = illegal < 0 && text.length % 4 === 1 ? text.length - 1 : illegal;
  if (at >= 0) refuse(`wrapping token could not be parsed: illegal base64 data at input byte ${at}`);
  return Buffer.from(text, "base64url");
}

function refuse(problem: string): never {
  throw new LogicalError("unknown", problem);
}
