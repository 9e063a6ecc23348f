import { type Data, UserError } from "@vaultwright/core/launch";
import { textField } from "./fields.ts";

/** What lookups take. */
export const lookupFields = {
  alias_id: "string",
  alias_mount_accessor: "string",
  alias_name: "string",
  id: "string",
  name: "string",
} as const;

/** The ways in which entities and groups can be found. */
export interface Lookup<T> {
  byId(id: string): T | undefined;
  byName(name: string): T | undefined;
  byAliasId(id: string): T | undefined;
  byAlias(alias: { readonly name: string; readonly mountAccessor: string }): T | undefined;
}

/** Finds what a lookup asks for, in the one way that it names. */
export function lookUp<T>(data: Data, ways: Lookup<T>): T | undefined {
  const isGiven = (...names: readonly string[]): boolean => names.some((name) => data[name] !== undefined);
  const given = [isGiven("id"), isGiven("name"), isGiven("alias_id"), isGiven("alias_name", "alias_mount_accessor")];
  const count = given.filter(Boolean).length;
  if (count === 0) throw new UserError("query parameter not supplied");
  if (count > 1) throw new UserError("query parameter conflict; please supply distinct set of query parameters");
  if (isGiven("id")) return ways.byId(textField(data, "id"));
  if (isGiven("name")) return ways.byName(textField(data, "name"));
  if (isGiven("alias_id")) return ways.byAliasId(textField(data, "alias_id"));
  const [name, mountAccessor] = [textField(data, "alias_name"), textField(data, "alias_mount_accessor")];
  if (name === "" || mountAccessor === "")
    throw new UserError("both 'alias_name' and 'alias_mount_accessor' needs to be set");
  return ways.byAlias({ name, mountAccessor });
}
