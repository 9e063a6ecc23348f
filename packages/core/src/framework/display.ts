/** Hints on a path, an operation or a field for user interfaces and for the names of operations in OpenAPI. */
export interface DisplayAttributes {
  /** Label. */
  readonly name?: string;
  /** Text of a tool tip. */
  readonly description?: string;
  /** A sample of a value. */
  readonly value?: unknown;
  /** Whether to mask the value. */
  readonly sensitive?: boolean;
  /** Whether the path is a tab of the navigation. */
  readonly navigation?: boolean;
  /** Kind of the items that a path holds. */
  readonly itemType?: string;
  /** Group of the form that a field belongs to. */
  readonly group?: string;
  /** What the button says. */
  readonly action?: string;
  /** Element to edit a value with. */
  readonly editType?: "textarea" | "file" | (string & {});
  /** Vault only: whether the field names the item, such as its path or its URL. */
  readonly identifier?: boolean;
  /** First part of operation ids, such as the type of the plugin. */
  readonly operationPrefix?: string;
  /** Middle part of operation ids, instead of the operation's own name. */
  readonly operationVerb?: string;
  /** Last part of operation ids; where a pattern stands for many paths, their parts separated by `|`. */
  readonly operationSuffix?: string;
}
