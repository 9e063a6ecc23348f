import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "../../plugins.ts";

/** A secrets engine whose answers are what the request says, and which refuses to revoke what has `stuck` in its path. */
export const leasesPlugin: Plugin = { name: "leases", type: "secret" };

/** Writes the secrets engine into a folder, as a program for the Node that runs this. */
export function writeLeasesPlugin(directory: string): void {
  const file = join(directory, leasesPlugin.name);
  writeFileSync(
    file,
    `#!${process.execPath} --conditions=@vaultwright/source
import { CodedError, serve } from ${JSON.stringify(import.meta.resolve("@vaultwright/core"))};
const number = (value) => (value === undefined ? undefined : Number(value));
const answer = ({ header, redirect, warning, nothing, wrap, empty, auth }) => {
  if (nothing !== undefined) return undefined;
  return {
    ...(empty === undefined && { data: { a: 1 } }),
    ...(header !== undefined && { headers: new Map([[header, ["1"]]]) }),
    ...(redirect !== undefined && { redirect }),
    ...(warning !== undefined && { warnings: [warning] }),
    ...(wrap !== undefined && { wrapInfo: { ttl: Number(wrap) } }),
    ...(auth !== undefined && { auth: { policies: ["default"] } }),
  };
};
const factory = ({ system }) => ({
  type: "secret",
  checkExistence: async () => undefined,
  async handleRequest({ operation, path, data = {}, secret }) {
    if (operation === "rollback") return undefined;
    if (operation === "revoke") {
      if (path.includes("stuck")) throw new Error("nothing can be revoked");
      return undefined;
    }
    if (operation === "renew") {
      if (path.includes("refused")) throw new CodedError(409, "no more");
      if (path.includes("silent")) return undefined;
      return { secret: { ...secret, ttl: 300 }, data: { again: true }, warnings: ["renewed"] };
    }
    if (path === "status") throw new CodedError(Number(data.status), "as asked");
    if (path === "lifetimes") return { data: { default: await system.defaultLeaseTtl(), max: await system.maxLeaseTtl() } };
    if (path === "answer") return answer(data);
    const { ttl, max_ttl: maxTtl, renewable = "true" } = data;
    const issued = { ttl: number(ttl), maxTtl: number(maxTtl), renewable: renewable === "true", internalData: { path } };
    return { secret: issued, data: { path } };
  },
});
await serve(factory, { name: "leases", version: "1.0.0" });
`,
  );
  chmodSync(file, 0o755);
}
