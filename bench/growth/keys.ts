import { type Growth, measurePoint, mountEach, type Point, powers } from "./growth.ts";

const write = { method: "POST", body: '{"text":"one"}', status: 204, connections: 8 };

/** From ten secrets in one folder to a million. */
export const growKeys: Growth = async (setting) => {
  const { contestants, arena, mostKeys } = setting;
  const { load, token } = arena;
  await mountEach(setting);
  const reads: Point[] = [];
  const lists: Point[] = [];
  let filled = 0;
  for (const at of powers(10, 10, mostKeys)) {
    for (const { name } of contestants)
      await load.run({ ...write, token, path: `/v1/${name}/keys/{k}`, first: filled, requests: at - filled });
    filled = at;
    reads.push(await measurePoint(setting, at, 32, { method: "GET", path: "/keys/{k}", count: at, status: 200 }));
    lists.push(await measurePoint(setting, at, 1, { method: "LIST", path: "/keys/", status: 200 }));
  }
  return [
    { name: "keys-read", title: "KV v1 read, by secrets in the folder", unit: "secrets", points: reads },
    { name: "keys-list", title: "KV v1 list, by secrets in the folder", unit: "secrets", points: lists },
  ];
};
