import { type Backend, UserError } from "@vaultwright/core/launch";
import type { FakePlugin } from "./fake-plugins.ts";

/** A secrets engine that keeps what is written to it, as the first version of KV does. */
export const passThrough: FakePlugin = { factory: () => passThroughBackend };

const passThroughBackend: Backend = {
  type: "secret",
  async handleRequest({ operation, path, data }, { storage }) {
    switch (operation) {
      case "read": {
        const entry = await storage.get(path);
        return entry && { data: JSON.parse(Buffer.from(entry.value).toString()) };
      }
      case "create":
      case "update":
        if (data === undefined) throw new UserError("missing data fields");
        await storage.put({ key: path, value: Buffer.from(JSON.stringify(data)) });
        return undefined;
      case "delete":
        await storage.delete(path);
        return undefined;
      case "list": {
        const keys = await storage.list(path);
        return { data: keys.length === 0 ? {} : { keys } };
      }
      default:
        return undefined;
    }
  },
  checkExistence: async ({ path }, { storage }) => (await storage.get(path)) !== undefined,
};
