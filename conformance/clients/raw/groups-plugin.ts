import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "../../plugins.ts";

/** An auth method that finds whoever logs in in the groups that the request names, and shows what a renewal shows it. */
export const groupsPlugin: Plugin = { name: "groups", type: "auth" };

/** Writes the auth method into a folder, as a program for the Node that runs this. */
export function writeGroupsPlugin(directory: string): void {
  const file = join(directory, groupsPlugin.name);
  writeFileSync(
    file,
    `#!${process.execPath} --conditions=@vaultwright/source
import { serve } from ${JSON.stringify(import.meta.resolve("@vaultwright/core"))};
const plain = (key, value) => (value instanceof Map ? Object.fromEntries(value) : value);
const aliases = (names) => names.split(",").filter((name) => name !== "").map((name) => ({ name }));
const factory = () => {
  let groupsAtRenewal = "";
  let renewal = {};
  return {
    type: "auth",
    specialPaths: { unauthenticated: ["login"] },
    checkExistence: async () => undefined,
    async handleRequest({ operation, path, data, auth }) {
      if (operation === "rollback") return undefined;
      if (operation === "renew") {
        const { issueTime, accessor, ...shown } = auth;
        renewal = JSON.parse(JSON.stringify(shown, plain));
        return { auth: { ...auth, groupAliases: aliases(groupsAtRenewal) } };
      }
      if (path === "renewal" && operation === "read") return { data: renewal };
      if (path === "renewal") {
        groupsAtRenewal = data.groups;
        return undefined;
      }
      const alias = { name: data.name, metadata: new Map([["team", "red"]]) };
      const groupAliases = aliases(data.groups);
      const ttl = Number(data.ttl ?? 600);
      return { auth: { policies: ["Base"], ttl, renewable: true, displayName: data.name, alias, groupAliases } };
    },
  };
};
await serve(factory, { name: "groups", version: "1.0.0" });
`,
  );
  chmodSync(file, 0o755);
}
