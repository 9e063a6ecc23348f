import type { Call } from "../logical/backend.ts";
import { LogicalError, UnsupportedOperation } from "../logical/errors.ts";
import type { Data } from "../logical/json.ts";
import { present } from "../logical/present.ts";
import type { Request } from "../logical/request.ts";
import type { Response } from "../logical/response.ts";
import type { Secret } from "../logical/secret.ts";
import { type AnswerData, dataOf } from "./answer-data.ts";
import { checkField } from "./check-fields.ts";
import { Refusal } from "./coerce/refusal.ts";
import { DefinitionError } from "./definition-error.ts";
import type { Fields } from "./field.ts";
import {
  checkLifetimes,
  type Extending,
  type Internal,
  internalToData,
  type LeaseContext,
  leaseContext,
} from "./lease-context.ts";

/** A longer life for a secret that keeps an `I`. All durations are seconds; what is left out stays as it was. */
export interface SecretExtension<out I = never> {
  readonly ttl?: number;
  readonly maxTtl?: number;
  /** What the lease keeps from now on, instead of all that it kept. */
  readonly internal?: I;
  readonly data?: AnswerData;
  readonly warnings?: readonly string[];
}

/** What a kind of leased secret is: what it keeps, and how it is renewed and revoked. */
export interface SecretDefinition<F extends Fields> {
  readonly internal: F;
  /** Lifetime of a secret that is issued without one; absent lets the host choose. */
  readonly ttl?: number;
  /** Nothing returned leaves the lease as it is. Without this handler leases are not renewable. */
  renew?(
    context: LeaseContext<Internal<F>>,
  ): Promise<Extending<SecretExtension<Internal<F>>>> | Extending<SecretExtension<Internal<F>>>;
  /** Runs again after a failure, so what is already gone is no failure. */
  revoke(context: LeaseContext<Internal<F>>): Promise<void> | void;
}

/** A secret to hand out under a lease. */
export interface IssuedSecret<F extends Fields> {
  readonly data: AnswerData;
  readonly internal: Internal<F>;
  readonly ttl?: number;
  readonly maxTtl?: number;
  /** Whether clients may renew it; by default wherever the kind has a handler for it. */
  readonly renewable?: boolean;
  readonly warnings?: readonly string[];
}

/** How a kind of secret answers the host. */
export interface SecretAnswers {
  readonly name: string;
  renew(secret: Secret, request: Request, call: Call): Promise<Response | undefined>;
  revoke(secret: Secret, request: Request, call: Call): Promise<void>;
}

/** A kind of leased secret. */
export interface SecretKind<F extends Fields> extends SecretAnswers {
  /** Makes the response that hands a secret out. */
  issue(secret: IssuedSecret<F>): Response;
}

/** Defines a kind of leased secret. Its name is kept in every lease, so a new name makes old leases unknown. */
export function secret<const F extends Fields>(name: string, definition: SecretDefinition<F>): SecretKind<F> {
  if (name === "") throw new DefinitionError("a secret needs a name");
  if (!definition.revoke) throw new DefinitionError(`secret "${name}": revoke is missing`);
  if (definition.ttl !== undefined && !(definition.ttl >= 0))
    throw new DefinitionError(`secret "${name}": ttl must be zero or more seconds`);
  for (const [key, field] of Object.entries(definition.internal)) checkField(`secret "${name}", field "${key}"`, field);
  const context = (lease: Secret, request: Request, call: Call) =>
    readable(() => leaseContext(definition.internal, lease, request, call));
  return {
    name,
    issue: (issued) => issue(name, definition, issued),
    async renew(lease, request, call) {
      if (!definition.renew) throw new UnsupportedOperation();
      const extension = await definition.renew(context(lease, request, call));
      if (!extension) return undefined;
      checkLifetimes(extension);
      const { data, warnings, internal, ...times } = extension;
      const internalData = internal && keptData(name, internal);
      return {
        secret: { ...lease, ...present({ ...times, internalData }) },
        ...present({ data: data && dataOf(data), warnings }),
      };
    },
    async revoke(lease, request, call) {
      await definition.revoke(context(lease, request, call));
    },
  };
}

function issue<F extends Fields>(name: string, definition: SecretDefinition<F>, issued: IssuedSecret<F>): Response {
  const { data, internal, warnings, ttl = definition.ttl, maxTtl, renewable = definition.renew !== undefined } = issued;
  const times = present({ ttl, maxTtl });
  checkLifetimes(times);
  return {
    data: dataOf(data),
    secret: { internalData: keptData(name, internal), renewable, ...times },
    ...present({ warnings }),
  };
}

/** The name goes last: it is what finds the kind again, whatever else the lease keeps under this key. */
function keptData(name: string, internal: Readonly<Record<string, unknown>>): Data {
  return { ...internalToData(internal), secret_type: name };
}

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Refusal ? new LogicalError("unknown", error.message, { cause: error }) : error;
  }
}
