import { type Context, list, type Path, path, t, UserError } from "@vaultwright/core";
import { checkNumbers } from "../check-numbers.ts";
import { observe } from "../observe.ts";
import { sendEvent } from "./event.ts";
import { folderOf, listDeep } from "./folder.ts";
import { leasedResponse } from "./lease.ts";
import { isStored, values } from "./values.ts";

/** What sets one mount of version 1 apart from another. */
export interface KvV1Options {
  /** Whether each read hands out a lease. */
  readonly isLeased: boolean;
  readonly isOpenBao: boolean;
}

/** Makes the one path of version 1, which matches every request. */
export function secretPath({ isLeased, isOpenBao }: KvV1Options): Path {
  return path(":path*", {
    summary: "Read, write and delete an object, or list what is below a path.",
    description: "Any object can be written. Its members `ttl` or `lease` say how long a lease on it lives.",
    display: { operationPrefix: "kv-v1" },
    fields: { path: t.string({ description: "Where the object is." }) },
    // OpenBao's engine warns of parameters in the query of a read, for which members of an object are also taken.
    acceptsAnything: !isOpenBao,
    exists: ({ request, storage }) => isStored(storage, request.path),
    read: {
      display: { operationVerb: "read" },
      responses: { 200: { description: "The object." } },
      async handler(context) {
        const { request, storage } = context;
        if (request.path === "") return undefined;
        const data = await values.get(storage, request.path);
        if (data === undefined) return undefined;
        observe(context, "kvv1/secret/read");
        return isLeased ? leasedResponse(data) : { data };
      },
    },
    write: {
      display: { operationVerb: "write" },
      responses: { 204: { description: "The object is stored." } },
      handler: write,
    },
    recover: {
      display: { operationVerb: "recover" },
      responses: { 204: { description: "The object is stored." } },
      // The host puts what the snapshot held where a body would be.
      handler: write,
    },
    delete: {
      display: { operationVerb: "delete" },
      responses: { 204: { description: "There is no such object any more." } },
      async handler(context) {
        const { request, storage } = context;
        if (request.path === "") return;
        await values.delete(storage, request.path);
        sendEvent("delete", context);
        observe(context, "kvv1/secret/delete");
      },
    },
    list: {
      display: { operationVerb: "list" },
      handler: async ({ request, storage }) => list(await values.list(storage, { folder: folderOf(request.path) })),
    },
    scan: async ({ request, storage }) => list(await listDeep(storage, folderOf(request.path))),
  });
}

async function write(context: Context<unknown>): Promise<void> {
  const { request, storage } = context;
  const { path, data = {} } = request;
  if (path === "") throw new UserError("missing path");
  if (Object.keys(data).length === 0) throw new UserError("missing data fields");
  checkNumbers(data);
  await values.put(storage, path, data);
  sendEvent("write", context);
  observe(context, "kvv1/secret/write");
}
