import type { Dice } from "../fuzz.ts";
import { list, merge, write } from "./kv-differential-parts.ts";
import { folders, keys, oddKeys, times } from "./kv-differential-pools.ts";
import type { KvRequest } from "./kv-differential-send.ts";
import { anyObject, anyValue, pick } from "./kv-differential-values.ts";

/** Makes a request to a mount of version 1 at random. */
export function plainRequest(dice: Dice): KvRequest {
  const key = `@${dice(20) === 0 ? pick(dice, oddKeys) : pick(dice, keys)}`;
  const chance = dice(100);
  if (chance < 40) {
    const lifetimes = ["ttl", "lease"].filter(() => dice(4) === 0).map((name) => `"${name}":${pick(dice, times)}`);
    return write(dice, key, lifetimes.length > 0 ? `{${lifetimes},"x":${anyValue(dice)}}` : anyObject(dice));
  }
  if (chance < 70) return { method: "GET", path: `${key}${pick(dice, ["", "", "", "?x=1", "?version=1"])}` };
  if (chance < 80) return { method: "DELETE", path: key };
  if (chance < 95) return list(dice, `@${pick(dice, folders)}`, pick(dice, ["", "?x=1", "?after=a&limit=1"]));
  return anything(dice, key);
}

function anything(dice: Dice, key: string): KvRequest {
  const method = pick(dice, ["PATCH", "HEAD", "OPTIONS", "SCAN", "PUT"]);
  if (method !== "PATCH" && method !== "PUT") return { method, path: key };
  return { method, path: key, body: anyObject(dice), contentType: merge };
}
