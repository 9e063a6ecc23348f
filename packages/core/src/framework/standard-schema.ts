/** The part of the Standard Schema interface (version 1) that fields offer, so that other libraries can use them. */
export interface StandardSchema<out Output> {
  readonly version: 1;
  readonly vendor: string;
  readonly validate: (value: unknown) => StandardResult<Output>;
  readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
}

/** What a Standard Schema makes of a value: the value, or what is wrong with it. */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** Something that is wrong with a value, and where in it. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** A schema of any library that offers the Standard Schema interface, or one of four lines of your own. */
export interface AnySchema<out Output> {
  readonly "~standard": Omit<StandardSchema<Output>, "validate" | "types"> & {
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}
