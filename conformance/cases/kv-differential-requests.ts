import type { Dice } from "../fuzz.ts";
import { body, list, merge, write } from "./kv-differential-parts.ts";
import {
  cas,
  customMetadata,
  depths,
  firstParts,
  folders,
  keys,
  lists,
  oddKeys,
  roots,
  settings,
  versionLists,
  versions,
} from "./kv-differential-pools.ts";
import type { KvRequest } from "./kv-differential-send.ts";
import { anyObject, anyValue, noBodies, objectOf, pick, someMembers } from "./kv-differential-values.ts";

/** Makes a request to a mount of version 2 at random. */
export function versionedRequest(dice: Dice): KvRequest {
  const key = `@${dice(30) === 0 ? pick(dice, oddKeys) : pick(dice, keys)}`;
  const maybe = (texts: readonly [string, ...string[]]) => (dice(3) === 0 ? pick(dice, texts) : "");
  const dataBody = () => objectOf(dice, [...dataMember(dice), ...optionsMember(dice)]);
  const chance = dice(100);
  if (chance < 24) return write(dice, `data/${key}`, dataBody());
  if (chance < 34) return { method: "GET", path: `data/${key}${maybe(versions)}` };
  if (chance < 44) return { method: "PATCH", path: `data/${key}`, ...body(dice, dataBody()), contentType: merge };
  if (chance < 49) return { method: "DELETE", path: `data/${key}` };
  if (chance < 64) {
    const members = dice(20) === 0 ? [] : [`"versions":${pick(dice, versionLists)}`];
    return write(dice, `${pick(dice, ["delete", "undelete", "destroy"])}/${key}`, objectOf(dice, members));
  }
  if (chance < 72) return { method: "GET", path: `metadata/${key}` };
  if (chance < 78) return write(dice, `metadata/${key}`, metadataBody(dice));
  if (chance < 84)
    return { method: "PATCH", path: `metadata/${key}`, ...body(dice, metadataBody(dice)), contentType: merge };
  if (chance < 86) return { method: "DELETE", path: `metadata/${key}` };
  if (chance < 90) return list(dice, `metadata/@${pick(dice, folders)}`, maybe(lists));
  if (chance < 94) return { method: "GET", path: `subkeys/${key}${maybe(depths)}` };
  if (chance < 96) return { method: "GET", path: "config" };
  if (chance < 98) return write(dice, "config", someMembers(dice, settings));
  return anything(dice, key);
}

/** Any method with any path. */
function anything(dice: Dice, key: string): KvRequest {
  const first = pick(dice, firstParts);
  const path = dice(3) === 0 ? pick(dice, roots) : `${first}/${key}`;
  const method = pick(dice, ["GET", "POST", "PUT", "PATCH", "DELETE", "LIST", "HEAD", "OPTIONS", "SCAN"]);
  if (!["POST", "PUT", "PATCH"].includes(method)) return { method, path };
  const contentType = pick(dice, [merge, merge, "application/json", "text/plain"]);
  return { method, path, body: dice(3) === 0 ? pick(dice, noBodies) : anyObject(dice), contentType };
}

function dataMember(dice: Dice): readonly string[] {
  if (dice(25) === 0) return [];
  return [`"data":${dice(8) === 0 ? anyValue(dice) : anyObject(dice)}`];
}

function optionsMember(dice: Dice): readonly string[] {
  const chance = dice(12);
  if (chance > 4) return [];
  if (chance === 0) return [`"options":${pick(dice, ["{}", "null", '{"other":1}', '"x"', "[]", '[{"cas":1}]'])}`];
  return [`"options":{"cas":${pick(dice, cas)}}`];
}

function metadataBody(dice: Dice): string {
  return someMembers(dice, { ...settings, custom_metadata: customMetadata });
}
