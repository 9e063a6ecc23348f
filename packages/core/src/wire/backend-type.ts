import type { BackendType } from "../logical/backend.ts";

const numbers: { readonly [T in BackendType]: number } = { secret: 1, auth: 2 };

/** Gives the number of a kind of backend. */
export function backendTypeToWire(type: BackendType): number {
  return numbers[type];
}

/** Reads the number of a kind of backend; undefined for one that is not known. */
export function backendTypeFromWire(number: number): BackendType | undefined {
  if (number === numbers.secret) return "secret";
  return number === numbers.auth ? "auth" : undefined;
}
