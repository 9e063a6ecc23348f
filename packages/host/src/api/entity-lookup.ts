import { UserError } from "@vaultwright/core/launch";
import type { EntityRecord } from "../identity/entity-record.ts";
import { textField } from "./fields.ts";
import type { ApiCall } from "./route.ts";

/** Finds the entity that a lookup asks for, in one of four ways. */
export function lookUpEntity({ state: { entities }, data }: ApiCall): EntityRecord | undefined {
  const [id, name, aliasId, aliasName, mountAccessor] = [
    textField(data, "id"),
    textField(data, "name"),
    textField(data, "alias_id"),
    textField(data, "alias_name"),
    textField(data, "alias_mount_accessor"),
  ];
  const ways = [id, name, aliasId, aliasName || mountAccessor].filter((given) => given !== "");
  if (ways.length === 0) throw new UserError("query parameter not supplied");
  if (ways.length > 1) throw new UserError("query parameter conflict; please supply distinct set of query parameters");
  if (id !== "") return entities.record(id);
  if (name !== "") return entities.recordByName(name);
  if (aliasId !== "") return entities.records().find(({ aliases }) => aliases.some((alias) => alias.id === aliasId));
  if (aliasName === "" || mountAccessor === "")
    throw new UserError("both 'alias_name' and 'alias_mount_accessor' needs to be set");
  return entities.recordByAlias({ name: aliasName, mountAccessor });
}
