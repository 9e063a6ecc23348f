import type { Product } from "../product.ts";

/** An operation of an OpenAPI document. */
export interface OpenApiOperation {
  readonly operationId?: string;
  readonly tags?: readonly string[];
  readonly [member: string]: unknown;
}

/** A path of an OpenAPI document. */
export interface OpenApiPath {
  readonly get?: OpenApiOperation;
  readonly post?: OpenApiOperation;
  readonly patch?: OpenApiOperation;
  readonly delete?: OpenApiOperation;
  readonly parameters?: readonly object[];
  readonly [member: string]: unknown;
}

/** The part of an OpenAPI document that is put together of many. */
export interface OpenApiParts {
  readonly paths: Readonly<Record<string, OpenApiPath>>;
  readonly schemas: Readonly<Record<string, unknown>>;
}

/** The methods of a path that hosts describe, in the order in which they number them. */
export const openApiMethods = ["get", "post", "delete", "patch"] as const;

/** Makes the whole document, with the words of Vault about itself. */
export function openApiDocument(product: Product, { paths, schemas }: OpenApiParts): object {
  return {
    openapi: "3.0.2",
    info: {
      title: "HashiCorp Vault API",
      description: "HTTP API that gives you full access to Vault. All API routes are prefixed with `/v1/`.",
      version: product.version,
      license: { name: "Mozilla Public License 2.0", url: "https://www.mozilla.org/en-US/MPL/2.0" },
    },
    paths,
    components: { schemas },
  };
}

/** Takes the paths and schemas out of what a plugin answered; nothing where it is no document. */
export function openApiParts(document: unknown): OpenApiParts | undefined {
  const paths = member(document, "paths");
  if (!isObject(paths)) return undefined;
  const schemas = member(member(document, "components"), "schemas");
  // Plugins' documents are passed on as they are; of their paths only the members above are looked at.
  return { paths: paths as OpenApiParts["paths"], schemas: isObject(schemas) ? schemas : {} };
}

function member(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
