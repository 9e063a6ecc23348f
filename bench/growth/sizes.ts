import { mountKinds } from "../mounts.ts";
import { type Growth, measurePoint, mountEach, type Point, powers } from "./growth.ts";

/** Vault refuses texts of JSON that are much longer. */
const longestText = 500_000;

/** From values of 100 bytes to 8 MiB, on a mount of KV version 2. */
export const growSizes: Growth = async (setting) => {
  await mountEach(setting, (path) => mountKinds.kv2.prepare({ path, ...setting.arena }));
  const reads: Point[] = [];
  const writes: Point[] = [];
  for (const at of [...powers(10, 100, 1_000_000), 8 * 2 ** 20]) {
    const common = { path: `/data/size-${at}/{k}`, count: 4, status: 200 };
    writes.push(await measurePoint(setting, at, 4, { ...common, method: "POST", body: bodyOf(at) }));
    reads.push(await measurePoint(setting, at, 4, { ...common, method: "GET" }));
  }
  return [
    { name: "sizes-read", title: "KV v2 read, by size of the value", unit: "bytes", points: reads },
    { name: "sizes-write", title: "KV v2 write, by size of the value", unit: "bytes", points: writes },
  ];
};

function bodyOf(bytes: number): string {
  const whole = new Array<string>(Math.floor(bytes / longestText)).fill("x".repeat(longestText));
  return JSON.stringify({ data: { parts: [...whole, "x".repeat(bytes % longestText)] } });
}
