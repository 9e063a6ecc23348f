import type { BackendType } from "../../logical/backend.ts";
import type { Log } from "../../logical/log.ts";
import type { SpecialPaths } from "../../logical/special-paths.ts";
import type { HostKind } from "../../logical/system-view.ts";
import type { Fields } from "../field.ts";
import type { Path } from "../path.ts";
import type { Parameter, PathItem, Schema } from "./document.ts";
import type { Expansion } from "./expand-pattern.ts";

/** How the documents of one product differ from the other's. */
export interface Dialect {
  readonly kind: HostKind;
  readonly title: string;
  readonly description: string;
  readonly duration: Pick<Schema, "type" | "format">;
  /** Says where the fields of a path go. */
  place(variant: Variant): Places;
  /** Documents a path, under the keys that it has in the document. */
  items(variant: Variant, scope: Scope): readonly (readonly [string, PathItem])[];
}

/** One of the paths that a pattern stands for. */
export interface Variant {
  readonly path: Path;
  /** Without a leading slash; the pattern itself where that cannot be expanded. */
  readonly text: string;
  readonly index: number;
  readonly expansion: Expansion | undefined;
}

/** Where the fields of a path go. */
export interface Places {
  /** Parameters of all operations. */
  readonly shared: readonly Parameter[];
  /** Parameters of the operations without a body. */
  readonly queried: readonly Parameter[];
  readonly body: Fields;
}

/** What all of a document's paths have in common. */
export interface Scope {
  readonly dialect: Dialect;
  readonly type: BackendType;
  readonly specialPaths: SpecialPaths;
  /** First part of operation ids, unless the definition gives one. */
  readonly defaultPrefix: string;
  readonly log: Log;
  /** The named schemas of the document; those of its paths are added to it. */
  readonly schemas: Map<string, Schema>;
}
