import type { HostKind } from "@vaultwright/core/launch";

/** The product that the server stands in for, as plugins and clients see it. */
export interface Product {
  readonly kind: HostKind;
  /** The version whose behaviour it has. */
  readonly version: string;
  /** Marks the version as not being the product itself. */
  readonly versionMetadata: string;
  /** What tokens begin with, by their type. */
  readonly tokenPrefixes: { readonly service: string; readonly batch: string };
}

const versionMetadata = "vaultwright";

/** The products that there are, by the names of `--like`. */
export const products: Readonly<Record<HostKind, Product>> = {
  vault: { kind: "vault", version: "1.21.4", versionMetadata, tokenPrefixes: { service: "hvs.", batch: "hvb." } },
  openbao: { kind: "openbao", version: "2.6.2", versionMetadata, tokenPrefixes: { service: "s.", batch: "b." } },
};

/** The version as clients are told it. */
export function versionText({ version, versionMetadata }: Product): string {
  return `${version}+${versionMetadata}`;
}
