import type { Auth } from "../logical/auth.ts";
import type { Call } from "../logical/backend.ts";
import type { Data } from "../logical/json.ts";
import type { Lease } from "../logical/lease.ts";
import type { Shown } from "../logical/present.ts";
import type { Request } from "../logical/request.ts";
import { callOf } from "./call-of.ts";
import { Refusal } from "./coerce/refusal.ts";
import type { Fields, ValueOf } from "./field.ts";
import { own } from "./own.ts";

/** What a lease keeps for its renewal and revocation; what need not be there may be left out. */
export type Internal<F extends Fields> = Shown<
  { readonly [K in keyof F as undefined extends ValueOf<F[K]> ? never : K]: ValueOf<F[K]> } & {
    readonly [K in keyof F as undefined extends ValueOf<F[K]> ? K : never]?: ValueOf<F[K]>;
  }
>;

/** How long a lease has and had. All durations are seconds. */
export interface CurrentLease {
  readonly ttl: number;
  readonly maxTtl: number;
  /** When the host issued it; now, where the host does not say. */
  readonly issued: Date;
  /** What the client asked for; zero leaves it to us. */
  readonly increment: number;
}

/** A longer life, or nothing to leave things as they are. */
// biome-ignore lint/suspicious/noConfusingVoidType: a handler that ends without `return` is of type void.
export type Extending<E> = E | undefined | void;

/** What the handlers of a lease get. */
export interface LeaseContext<out I> extends Call {
  readonly internal: I;
  readonly lease: CurrentLease;
  readonly request: Request;
}

/** What the handlers of a token get. */
export interface TokenContext<out I> extends LeaseContext<I> {
  /** The token's policies, metadata, alias and the rest, as the host keeps them. */
  readonly auth: Auth;
}

/** Lifetimes that a plugin gives a lease. */
export interface Lifetimes {
  readonly ttl?: number;
  readonly maxTtl?: number;
  readonly period?: number;
  readonly explicitMaxTtl?: number;
}

/** Refuses lifetimes that no lease can have: hosts would take them for "not set", which their author never meant. */
export function checkLifetimes({ ttl = 0, maxTtl = 0, period = 0, explicitMaxTtl = 0 }: Lifetimes): void {
  for (const [name, duration] of Object.entries({ ttl, maxTtl, period, explicitMaxTtl })) {
    if (!Number.isFinite(duration)) throw new RangeError(`${name} duration must be a number of seconds`);
    if (duration < 0) throw new RangeError(`${name} duration must not be less than zero`);
  }
}

/** Makes the context of a lease; internal data that does not fit is thrown as `Refusal`. */
export function leaseContext<F extends Fields>(
  fields: F,
  lease: Lease & { readonly internalData?: Data },
  request: Request,
  call: Call,
): LeaseContext<Internal<F>> {
  return {
    internal: readInternal(fields, lease.internalData ?? {}),
    lease: {
      ttl: lease.ttl ?? 0,
      maxTtl: lease.maxTtl ?? 0,
      issued: lease.issueTime ?? new Date(),
      increment: lease.increment ?? 0,
    },
    request,
    ...callOf(call),
  };
}

/** Gives what a lease keeps as JSON can carry it: headers are the one kind whose values it cannot. */
export function internalToData(internal: Readonly<Record<string, unknown>>): Data {
  const members = Object.entries(internal);
  return Object.fromEntries(
    members.map(([name, value]) => [name, value instanceof Map ? Object.fromEntries(value) : value]),
  );
}

/** Internal data comes back through JSON, and perhaps from an older version of the plugin, so it is read like a request. */
function readInternal<F extends Fields>(fields: F, data: Data): Internal<F> {
  const values = Object.entries(fields).map(([name, field]) => [name, readMember(name, field, data)] as const);
  // Each member has just been read by its own field, which is what the type says.
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Internal<F>;
}

function readMember(name: string, field: Fields[string], data: Data): unknown {
  const raw = own(data, name);
  // Only the member is named: what is wrong with it might show a part of a secret.
  const refusal = new Refusal(`the lease's internal data has no usable "${name}"`);
  try {
    const value = field.parse(raw);
    if (value === undefined && field.options.required) throw refusal;
    return value;
  } catch (error) {
    throw error instanceof Refusal ? refusal : error;
  }
}
