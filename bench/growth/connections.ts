import { mountKinds } from "../mounts.ts";
import { operations } from "../operations.ts";
import { type Curve, type Growth, measurePoint, mountEach, type Point, powers } from "./growth.ts";

/** From one connection to 128, on a mount of KV version 2. */
export const growConnections: Growth = async (setting) => {
  await mountEach(setting, (path) => mountKinds.kv2.prepare({ path, ...setting.arena }));
  const curves: Curve[] = [];
  for (const { name, title, request } of operations.filter(({ name }) => ["kv2-read", "kv2-write"].includes(name))) {
    const points: Point[] = [];
    for (const at of powers(2, 1, 128))
      points.push(await measurePoint(setting, at, at, { ...request, path: `/${request.path}` }));
    curves.push({ name: `connections-${name}`, title: `${title}, by connections`, unit: "connections", points });
  }
  return curves;
};
