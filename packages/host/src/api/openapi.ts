import type { Response } from "@vaultwright/core/launch";
import type { Mount } from "../mounts/mount.ts";
import type { HostResponse } from "../requests/context.ts";
import type { HostState } from "../state.ts";
import { newUuid } from "../values/random.ts";
import { booleanField, textField } from "./fields.ts";
import { visibleMounts } from "./internal-ui.ts";
import {
  type OpenApiParts,
  type OpenApiPath,
  openApiDocument,
  openApiMethods,
  openApiParts,
} from "./openapi-document.ts";
import { type ApiCall, type ApiRoute, rawJson, route } from "./route.ts";

/** The path that describes all mounts which the caller can see, in one OpenAPI document. */
export const openApiRoutes: readonly ApiRoute[] = [
  route(
    "internal/specs/openapi",
    "Describe all that the caller can see as an OpenAPI document.",
    {
      read: describe,
      update: describe,
    },
    { context: "string", generic_mount_paths: "boolean" },
  ),
];

/** What hosts call the paths that are theirs. */
const tags: ReadonlyMap<string, string> = new Map([
  ["cubbyhole/", "secrets"],
  ["secret/", "secrets"],
  ["sys/", "system"],
  ["auth/token/", "auth"],
  ["identity/", "identity"],
]);

const singletons = new Set(["system", "identity", "cubbyhole", "token"]);

async function describe(call: ApiCall): Promise<HostResponse> {
  const isGeneric = booleanField(call.data, "generic_mount_paths") ?? false;
  const caller = call.context.request.token === undefined ? undefined : call.caller();
  const parts: OpenApiParts[] = [];
  for (const table of ["secret", "auth"] as const)
    for (const mount of visibleMounts(call.state, table, caller)) {
      const own = await partsOf(call, mount);
      if (own !== undefined) parts.push(placed(own, mount, { isGeneric }));
    }
  const paths = Object.assign({}, ...parts.map((part) => part.paths));
  const schemas = Object.assign({}, ...parts.map((part) => part.schemas));
  return rawJson(
    openApiDocument(call.state.product, { paths: withIds(paths, textField(call.data, "context")), schemas }),
  );
}

/** A plugin that cannot be asked is left out, and the log says why. */
async function partsOf(call: ApiCall, mount: Mount): Promise<OpenApiParts | undefined> {
  try {
    const response = await helpOf(call, mount);
    return openApiParts(response?.data?.["openapi"]);
  } catch (error) {
    call.state.log.warn("a mount does not describe itself", { path: mount.fullPath, error });
    return undefined;
  }
}

async function helpOf({ state, context }: ApiCall, mount: Mount): Promise<Response | HostResponse | undefined> {
  const data = { requestResponsePrefix: mount.entry.type };
  const request = { ...context.request, id: newUuid(), operation: "help", path: mount.fullPath, data } as const;
  await mount.prepare();
  const plugin = pluginAt(state, mount);
  if (plugin === undefined) return mount.handle({ ...context, request, operation: "help", mount, path: "" });
  return plugin.send({ id: request.id, operation: "help", path: "", data }, request.signal);
}

function pluginAt({ mounts }: HostState, mount: Mount) {
  return mounts.pluginAt(mount.fullPath);
}

/** Puts the paths of a mount where it is, or, for generators of code, below a parameter that stands for that. */
function placed(
  { paths, schemas }: OpenApiParts,
  { entry, fullPath }: Mount,
  { isGeneric }: { readonly isGeneric: boolean },
): OpenApiParts {
  const tag = tags.get(fullPath);
  const bare = entry.path.replace(/\/$/, "");
  const name = `${bare.replaceAll("-", "_")}_mount_path`;
  const isParameter = isGeneric && !singletons.has(entry.type);
  const prefix = isParameter ? `/${fullPath.slice(0, -entry.path.length)}{${name}}/` : `/${fullPath}`;
  const parameter = {
    name,
    description: "Path that the backend was mounted at",
    in: "path",
    schema: { type: "string", default: bare },
    required: true,
  };
  const entries = Object.entries(paths).map(([path, item]) => {
    const tagged = tag === undefined ? item : withTag(item, tag);
    const parameters = [...(item.parameters ?? []), parameter];
    return [prefix + path.replace(/^\//, ""), isParameter ? { ...tagged, parameters } : tagged];
  });
  return { paths: Object.fromEntries(entries), schemas };
}

function withTag(item: OpenApiPath, tag: string): OpenApiPath {
  const methods = openApiMethods.flatMap((method) => {
    const operation = item[method];
    if (operation === undefined || (operation.tags?.length && tag !== "identity")) return [];
    return [[method, { ...operation, tags: [tag] }]];
  });
  return { ...item, ...Object.fromEntries(methods) };
}

/** Names the operations that their mounts did not name, by method and path, each once. */
function withIds(paths: Readonly<Record<string, OpenApiPath>>, context: string): Record<string, OpenApiPath> {
  const counts = new Map<string, number>();
  const idOf = (method: string, path: string): string => {
    const words = path.replace("_mount_path", "").toLowerCase().split(/\W+/);
    const id = method + words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("");
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    return `${count > 1 ? `${id}_${count}` : id}${context === "" ? "" : `_${context}`}`;
  };
  const named = Object.keys(paths)
    .sort()
    .map((path) => {
      const item = paths[path] ?? {};
      const methods = openApiMethods.flatMap((method) => {
        const operation = item[method];
        if (operation === undefined || operation.operationId) return [];
        return [[method, { ...operation, operationId: idOf(method, path) }]];
      });
      return [path, { ...item, ...Object.fromEntries(methods) }];
    });
  return Object.fromEntries(named);
}
