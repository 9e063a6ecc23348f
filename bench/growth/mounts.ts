import { expectStatus } from "../../conformance/expect.ts";
import { type Growth, measurePoint, type Point, powers } from "./growth.ts";

/** From one mount to 64 in one process; requests go to all of them. */
export const growMounts: Growth = async (setting) => {
  const { arena, contestants } = setting;
  for (const contestant of contestants) await arena.register(contestant, "kv", contestant.name);
  const points: Point[] = [];
  let mounted = 0;
  for (const at of powers(2, 1, 64)) {
    for (; mounted < at; mounted += 1)
      for (const { name } of contestants) {
        const path = await arena.mount(name, "kv", `${name}-${`${mounted}`.padStart(8, "0")}`);
        expectStatus(await arena.client.write(`${path}/secret`, { text: "one" }), 204);
      }
    points.push(await measurePoint(setting, at, 32, { method: "GET", path: "-{k}/secret", count: at, status: 200 }));
  }
  return [{ name: "mounts", title: "KV v1 read, by mounts in one process", unit: "mounts", points }];
};
