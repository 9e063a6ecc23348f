import { bytesField, NoMessage, numberField, readFields } from "./protobuf.ts";

/** An account as authenticator apps exchange it. What the numbers mean is in `account.ts`. */
export interface Account {
  readonly secret: Buffer;
  readonly name: string;
  readonly issuer: string;
  readonly algorithm: number;
  readonly digits: number;
  readonly type: number;
}

/** The place of a payload among those that belong together. */
export interface Batch {
  readonly size: number;
  readonly index: number;
  readonly id: number;
}

/** The version that apps write. */
const version = 1;

/** Reads the accounts of a payload; bytes that are none are thrown as `NoMessage`. */
export function readPayload(bytes: Buffer): readonly Account[] {
  const accounts = [...readFields(bytes)].filter(({ number }) => number === 1);
  return accounts.map(({ value }) => {
    if (!Buffer.isBuffer(value)) throw new NoMessage("an account is a number");
    return readAccount(value);
  });
}

/** Writes a payload. */
export function writePayload(accounts: readonly Account[], batch: Batch): Buffer {
  return Buffer.concat([
    ...accounts.map((account) => bytesField(1, writeAccount(account))),
    numberField(2, version),
    numberField(3, batch.size),
    numberField(4, batch.index),
    numberField(5, batch.id),
  ]);
}

function readAccount(bytes: Buffer): Account {
  // Of a field that comes twice the last counts.
  const fields = new Map([...readFields(bytes)].map(({ number, value }) => [number, value]));
  const bytesOf = (number: number): Buffer => {
    const value = fields.get(number) ?? Buffer.alloc(0);
    if (!Buffer.isBuffer(value)) throw new NoMessage("a text is a number");
    return value;
  };
  const numberOf = (number: number): number => {
    const value = fields.get(number) ?? 0n;
    if (Buffer.isBuffer(value)) throw new NoMessage("a number is a text");
    return Number(value);
  };
  const [secret, name, issuer] = [bytesOf(1), bytesOf(2).toString(), bytesOf(3).toString()];
  return { secret, name, issuer, algorithm: numberOf(4), digits: numberOf(5), type: numberOf(6) };
}

function writeAccount({ secret, name, issuer, algorithm, digits, type }: Account): Buffer {
  const texts = [bytesField(1, secret), bytesField(2, name), bytesField(3, issuer)];
  return Buffer.concat([...texts, numberField(4, algorithm), numberField(5, digits), numberField(6, type)]);
}
