import type { DisplayAttributes } from "../display.ts";

/** An OpenAPI document, as far as hosts know it. */
export interface OpenApiDocument {
  readonly openapi: "3.0.2";
  readonly info: {
    readonly title: string;
    readonly description: string;
    readonly version: string;
    readonly license: { readonly name: string; readonly url: string };
  };
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** What a document says of one path. */
export interface PathItem {
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly "x-vault-sudo"?: true;
  readonly "x-vault-unauthenticated"?: true;
  readonly "x-vault-createSupported"?: true;
  readonly "x-vault-displayAttrs"?: DisplayAttributes;
  readonly get?: DocumentedOperation;
  readonly post?: DocumentedOperation;
  readonly patch?: DocumentedOperation;
  readonly delete?: DocumentedOperation;
}

/** What a document says of one method of a path. */
export interface DocumentedOperation {
  readonly summary?: string;
  readonly description?: string;
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: true; readonly content: Content };
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
  readonly deprecated?: true;
}

/** A part of the path or of the query. */
export interface Parameter {
  readonly name: string;
  readonly description?: string;
  readonly in: "path" | "query" | "header";
  readonly schema: Schema;
  readonly required?: true;
  readonly deprecated?: true;
}

/** What is answered with one status. */
export interface DocumentedResponse {
  readonly description: string;
  readonly content?: Content;
}

/** Bodies by media type. */
export type Content = Readonly<Record<string, { readonly schema: Schema }>>;

/** What a value looks like. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: true;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly example?: unknown;
  readonly deprecated?: true;
  readonly "x-vault-displayAttrs"?: DisplayAttributes;
}
