import type { Data } from "@vaultwright/core/launch";
import type { Mount } from "../mounts/mount.ts";
import type { MountTable } from "../mounts/mount-entry.ts";
import type { Caller } from "../requests/context.ts";
import type { HostState } from "../state.ts";
import { visibleMountInfo } from "./mount-info.ts";
import { normalPath } from "./mounts.ts";
import { type ApiCall, type ApiRoute, denied, rawJson, route } from "./route.ts";

/** The paths by which command line tools and user interfaces find mounts. */
export const internalUiRoutes: readonly ApiRoute[] = [
  route("internal/ui/mounts", "List the mounts that the caller can see.", { read: listMounts }),
  route("internal/ui/mounts/:path+", "Find the mount of a path.", { read: findMount }),
  route("internal/ui/namespaces", "List the namespaces, of which there is one.", {
    read: (call) => {
      call.caller();
      return { data: { keys: [""] } };
    },
  }),
  route("internal/ui/feature-flags", "List the feature flags, of which there are none.", {
    read: () => rawJson({ feature_flags: null }),
  }),
  route("internal/ui/authenticated-messages", "List the messages of the day, of which there are none.", {
    read: (call) => {
      call.caller();
      return { data: {} };
    },
  }),
  route("internal/ui/unauthenticated-messages", "List the messages of the day, of which there are none.", {
    read: () => ({ data: {} }),
  }),
];

function listMounts(call: ApiCall) {
  const caller = call.context.request.token === undefined ? undefined : call.caller();
  return { data: { auth: visible(call, "auth", caller), secret: visible(call, "secret", caller) } };
}

function visible({ state }: ApiCall, table: MountTable, caller: Caller | undefined): Data {
  return Object.fromEntries(
    visibleMounts(state, table, caller).map(({ entry }) => {
      const { type, description, options } = entry;
      return [entry.path, caller === undefined ? { description, options, type } : visibleMountInfo(entry)];
    }),
  );
}

/** The mounts that a caller may know of, or that everybody may. */
export function visibleMounts({ mounts }: HostState, table: MountTable, caller: Caller | undefined): Mount[] {
  return mounts
    .list(table)
    .filter(({ entry, fullPath }) => entry.config.listingVisibility === "unauth" || caller?.acl.reaches(fullPath));
}

function findMount(call: ApiCall) {
  const caller = call.caller();
  const path = normalPath(call.params["path"]);
  const found = call.state.mounts.route(path);
  // Whether there is such a mount is not told to those who may not use it.
  if (found === undefined || !caller.acl.reaches(found.mount.fullPath))
    return denied(
      "preflight capability check returned 403, please ensure client's policies grant access to path " +
        JSON.stringify(path),
    );
  const { entry } = found.mount;
  return { data: { ...visibleMountInfo(entry), path: entry.path } };
}
