import type { Group } from "@vaultwright/core/launch";
import type { AliasRecord } from "./entity-record.ts";

/** A group of entities and of other groups as the host keeps it. Nothing stands for what nobody has set. */
export interface GroupRecord {
  readonly id: string;
  readonly name: string;
  /** Operators choose the members of an internal group, logins those of an external one. */
  readonly type: "internal" | "external";
  readonly memberEntityIds: readonly string[] | null;
  /** The groups that this one is a member of; one that was deleted since stays named. */
  readonly parentGroupIds: readonly string[] | null;
  /** What all tokens of its members may do beside what is their own. */
  readonly policies: readonly string[] | null;
  readonly metadata: Readonly<Record<string, string>> | null;
  /** What an external group is known as at a mount. */
  readonly alias?: AliasRecord;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  /** How often it was written. */
  readonly modifyIndex: number;
}

/** As earlier versions of this server kept groups. */
export type OldGroupRecord = Omit<GroupRecord, "type" | "parentGroupIds"> &
  Partial<Pick<GroupRecord, "type" | "parentGroupIds">>;

/** Gives a group that may be of an earlier version the form of this one. */
export function upgradedGroup(record: OldGroupRecord): GroupRecord {
  return { type: "internal", parentGroupIds: null, ...record };
}

/** Makes what plugins see of a group. */
export function groupFromRecord({ id, name, metadata }: GroupRecord): Group {
  return { id, name, metadata: new Map(Object.entries(metadata ?? {})), namespaceId: "root" };
}
