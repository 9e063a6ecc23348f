import type { Alias } from "../logical/auth.ts";
import type { Context, Handler, RecoverContext } from "./context.ts";
import type { DisplayAttributes } from "./display.ts";
import type { Field, Fields } from "./field.ts";
import type { OperationDocument } from "./operation-document.ts";
import type { Params, Patches, Queries, Values } from "./params.ts";

/** A handler with what documents say of it. */
export interface OperationDefinition<V, C extends Context<V> = Context<V>> extends OperationDocument {
  /** Vault only: has the request sent on from a node that stands by for performance, before the handler runs. */
  readonly forwardPerformanceStandby?: boolean;
  /** Vault only: has the request sent on from a secondary cluster, before the handler runs, unless the mount is local. */
  readonly forwardPerformanceSecondary?: boolean;
  readonly handler: Handler<V, C>;
}

/** A handler, alone or with what documents say of it. */
export type Operation<V, C extends Context<V> = Context<V>> = Handler<V, C> | OperationDefinition<V, C>;

/**
 * How a path takes writes: without asking whether the thing exists, or told apart in create and update for policies. A
 * handler of `write` finds out by `request.operation`.
 */
export type Writable<V, Q> =
  | { readonly write: Operation<V>; readonly exists: Exists<Q>; readonly update?: never }
  | { readonly update?: Operation<V>; readonly write?: never; readonly exists?: never };

/** Says whether what a request addresses exists. */
export type Exists<Q> = (context: Context<Q>) => Promise<boolean> | boolean;

/** What a path is: its documentation, its fields, who may call it, and its operations. */
export type PathDefinition<P extends string | RegExp, F extends Fields> = {
  /** One line for help. */
  readonly summary: string;
  /** The long text of help. */
  readonly description?: string;
  /** Whether the path should no longer be used, for readers of the code: hosts have no place for it. */
  readonly deprecated?: boolean;
  /** Hints for user interfaces and for operation ids. */
  readonly display?: DisplayAttributes;
  readonly fields: F & { readonly [K in Params<P>]: Field<unknown> };
  /** Open to callers without a token. A raw pattern needs the host's spelling of the paths. */
  readonly unauthenticated?: boolean | readonly string[];
  /** Asks callers for the `sudo` capability. A raw pattern needs the host's spelling of the paths. */
  readonly root?: boolean | readonly string[];
  /** Whether members of the body that are no fields are expected; otherwise the caller is warned of them. */
  readonly acceptsAnything?: boolean;
  readonly read?: Operation<Queries<P, F>>;
  readonly delete?: Operation<Queries<P, F>>;
  readonly patch?: Operation<Patches<P, F>>;
  readonly list?: Operation<Queries<P, F>>;
  /** OpenBao's recursive list. */
  readonly scan?: Operation<Queries<P, F>>;
  /** Answers HTTP's HEAD: nothing is 404, anything else 200 without a body. */
  readonly header?: Operation<Queries<P, F>>;
  /** Vault's restoring from a snapshot: the data that `read` found there stands where a body would be. */
  readonly recover?: Operation<Queries<P, F>, RecoverContext<Queries<P, F>>>;
  /** Says by which alias a login with this request would be known, without checking any secret. */
  readonly aliasLookahead?: (context: Context<Queries<P, F>>) => Promise<string | Alias> | string | Alias;
  /** Says which role a login with this request would get, for the host's quotas. */
  readonly resolveRole?: (context: Context<Queries<P, F>>) => Promise<string | undefined> | string | undefined;
} & Writable<Values<P, F>, Queries<P, F>>;

/** The values of the fields of a request, when their types are no longer known. */
export type FieldValues = Readonly<Record<string, unknown>>;

/** A path's definition when the types of its fields are no longer known. */
export type AnyPathDefinition = Omit<
  PathDefinition<never, Fields>,
  | "read"
  | "delete"
  | "patch"
  | "list"
  | "scan"
  | "header"
  | "recover"
  | "aliasLookahead"
  | "resolveRole"
  | "write"
  | "update"
  | "exists"
  | "fields"
> & {
  readonly fields: Fields;
  readonly read?: Operation<FieldValues>;
  readonly delete?: Operation<FieldValues>;
  readonly patch?: Operation<FieldValues>;
  readonly list?: Operation<FieldValues>;
  readonly scan?: Operation<FieldValues>;
  readonly header?: Operation<FieldValues>;
  readonly recover?: Operation<FieldValues, RecoverContext<FieldValues>>;
  readonly write?: Operation<FieldValues>;
  readonly update?: Operation<FieldValues>;
  readonly exists?: Exists<FieldValues>;
  readonly aliasLookahead?: (context: Context<FieldValues>) => Promise<string | Alias> | string | Alias;
  readonly resolveRole?: (context: Context<FieldValues>) => Promise<string | undefined> | string | undefined;
};
