import { type Data, UserError } from "@vaultwright/core/launch";
import { textField } from "./fields.ts";

/** The ways in which entities and groups can be found. */
export interface Lookup<T> {
  byId(id: string): T | undefined;
  byName(name: string): T | undefined;
  byAliasId(id: string): T | undefined;
  byAlias(alias: { readonly name: string; readonly mountAccessor: string }): T | undefined;
}

/** Finds what a lookup asks for, in the one way that it names. */
export function lookUp<T>(data: Data, ways: Lookup<T>): T | undefined {
  const [id, name, aliasId, aliasName, mountAccessor] = [
    textField(data, "id"),
    textField(data, "name"),
    textField(data, "alias_id"),
    textField(data, "alias_name"),
    textField(data, "alias_mount_accessor"),
  ];
  const given = [id, name, aliasId, aliasName || mountAccessor].filter((text) => text !== "");
  if (given.length === 0) throw new UserError("query parameter not supplied");
  if (given.length > 1) throw new UserError("query parameter conflict; please supply distinct set of query parameters");
  if (id !== "") return ways.byId(id);
  if (name !== "") return ways.byName(name);
  if (aliasId !== "") return ways.byAliasId(aliasId);
  if (aliasName === "" || mountAccessor === "")
    throw new UserError("both 'alias_name' and 'alias_mount_accessor' needs to be set");
  return ways.byAlias({ name: aliasName, mountAccessor });
}
