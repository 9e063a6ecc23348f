import type { Alias, Auth } from "@vaultwright/core/launch";

/** The result of a login in a form that JSON can carry. Times are apart from it, in the lease. */
export type StoredAuth = Omit<Auth, "metadata" | "alias" | "groupAliases" | "issueTime" | "increment"> & {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly alias?: StoredAlias;
  readonly groupAliases?: readonly StoredAlias[];
};

type StoredAlias = Omit<Alias, "metadata" | "customMetadata"> & {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly customMetadata?: Readonly<Record<string, string>>;
};

/** Brings a login into the form in which it is kept; the token itself is left out. */
export function storedFromAuth(auth: Auth): StoredAuth {
  const { metadata, alias, groupAliases, issueTime: _time, increment: _increment, clientToken: _token, ...rest } = auth;
  return {
    ...rest,
    ...(metadata && { metadata: Object.fromEntries(metadata) }),
    ...(alias && { alias: storedAlias(alias) }),
    ...(groupAliases && { groupAliases: groupAliases.map(storedAlias) }),
  };
}

/** Makes a login again from what was kept of it. */
export function authFromStored(stored: StoredAuth): Auth {
  const { metadata, alias, groupAliases, ...rest } = stored;
  return {
    ...rest,
    ...(metadata && { metadata: new Map(Object.entries(metadata)) }),
    ...(alias && { alias: aliasFromStored(alias) }),
    ...(groupAliases && { groupAliases: groupAliases.map(aliasFromStored) }),
  };
}

function storedAlias({ metadata, customMetadata, ...rest }: Alias): StoredAlias {
  return {
    ...rest,
    ...(metadata && { metadata: Object.fromEntries(metadata) }),
    ...(customMetadata && { customMetadata: Object.fromEntries(customMetadata) }),
  };
}

function aliasFromStored({ metadata, customMetadata, ...rest }: StoredAlias): Alias {
  return {
    ...rest,
    ...(metadata && { metadata: new Map(Object.entries(metadata)) }),
    ...(customMetadata && { customMetadata: new Map(Object.entries(customMetadata)) }),
  };
}
