import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { UserError } from "@vaultwright/core";
import { createLimiter } from "./limiter.ts";

/** Longest password, in bytes of UTF-8: without an end to it, one request could keep the hashing busy. */
const maxPasswordBytes = 1024;

/** Makes and checks password hashes. */
export interface Passwords {
  /** Hashes a new password with a fresh salt; the text holds all that is needed to check it later. */
  hash(password: string, signal?: AbortSignal): Promise<string>;
  /** Checks a password. Without a usable hash it does the same work and says no, so that time tells nothing. */
  verify(password: string, hash: string | undefined, signal?: AbortSignal): Promise<boolean>;
}

/** What scrypt needs beside the password. The cost is 2 to the power of `logCost`. */
export interface ScryptParameters {
  readonly logCost: number;
  readonly blockSize: number;
  readonly parallelization: number;
  readonly salt: Buffer;
}

/** Options of the hashing. */
export interface PasswordsOptions {
  readonly parallel?: number;
  readonly derive?: (password: string, parameters: ScryptParameters) => Promise<Buffer>;
}

const keyBytes = 32;
const saltBytes = 16;

/**
 * Makes the hashing of one mount. A hash takes some 80 ms on a thread of the runtime's small pool and 32 MiB of
 * memory, so only `parallel` of them run at once: a wave of logins then takes longer instead of taking everything.
 */
export function createPasswords({ parallel = 2, derive = deriveKey }: PasswordsOptions = {}): Passwords {
  const limiter = createLimiter(parallel);
  // Stands in where there is no hash. Its key is random, so no password fits.
  const dummy = { parameters: newParameters(), key: randomBytes(keyBytes) };

  return {
    async hash(password, signal) {
      if (password === "") throw new UserError("missing password");
      if (isTooLong(password)) throw new UserError(`password is longer than ${maxPasswordBytes} bytes`);
      const parameters = newParameters();
      return limiter.run(async () => format(parameters, await derive(password, parameters)), signal);
    },

    async verify(password, hash, signal) {
      if (isTooLong(password)) return false;
      const { parameters, key } = (hash && parse(hash)) || dummy;
      return limiter.run(async () => timingSafeEqual(await derive(password, parameters), key), signal);
    },
  };
}

function isTooLong(password: string): boolean {
  return Buffer.byteLength(password) > maxPasswordBytes;
}

/** What new hashes are made with. Old ones are checked with what is written in them, so the costs may be raised. */
function newParameters(): ScryptParameters {
  return { logCost: 15, blockSize: 8, parallelization: 1, salt: randomBytes(saltBytes) };
}

function deriveKey(password: string, { logCost, blockSize, parallelization, salt }: ScryptParameters): Promise<Buffer> {
  const cost = 2 ** logCost;
  // Twice the need: with the exact amount, which is also the default, the runtime refuses.
  const maxmem = 256 * cost * blockSize;
  return new Promise((resolve, reject) =>
    scrypt(password, salt, keyBytes, { cost, blockSize, parallelization, maxmem }, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );
}

/** Writes the customary text of a password hash: `$scrypt$ln=15,r=8,p=1$SALT$KEY`. */
function format({ logCost, blockSize, parallelization, salt }: ScryptParameters, key: Buffer): string {
  const costs = `ln=${logCost},r=${blockSize},p=${parallelization}`;
  return `$scrypt$${costs}$${salt.toString("base64")}$${key.toString("base64")}`;
}

const form = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)$/;

function parse(text: string): { readonly parameters: ScryptParameters; readonly key: Buffer } | undefined {
  const [, logCost, blockSize, parallelization, salt = "", encodedKey = ""] = form.exec(text) ?? [];
  const key = Buffer.from(encodedKey, "base64");
  if (key.length !== keyBytes) return undefined;
  const parameters = {
    logCost: Number(logCost),
    blockSize: Number(blockSize),
    parallelization: Number(parallelization),
    salt: Buffer.from(salt, "base64"),
  };
  return { parameters, key };
}
