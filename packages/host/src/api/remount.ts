import { UserError } from "@vaultwright/core/launch";
import { moveMount } from "../mounts/move-mount.ts";
import type { PluginMount } from "../mounts/plugin-mount.ts";
import type { HostState } from "../state.ts";
import { newUuid } from "../values/random.ts";
import { textField } from "./fields.ts";
import { normalPath } from "./mounts.ts";
import { type ApiCall, type ApiRoute, route } from "./route.ts";

/** How far the move of a mount is. */
interface Migration {
  readonly source_mount: string;
  readonly target_mount: string;
  readonly status: "in-progress" | "success" | "failure";
}

const protectedMounts = ["audit/", "auth/", "sys/", "cubbyhole/", "identity/"];

/** The paths that move mounts, and that say how far the moves are since the server was started. */
export function remountRoutes(): readonly ApiRoute[] {
  const migrations = new Map<string, Migration>();
  return [
    route(
      "remount",
      "Move a mount, with what it stored, to another path.",
      {
        update: (call) => remount(call, migrations),
      },
      { from: "string", to: "string" },
    ),
    route("remount/status/:migration_id", "Say how far the move of a mount is.", {
      read({ params }) {
        const id = params["migration_id"] ?? "";
        const found = migrations.get(id);
        return found && { data: { migration_id: id, migration_info: found } };
      },
    }),
  ];
}

function remount({ state, data }: ApiCall, migrations: Map<string, Migration>) {
  const [from, to] = [pathField(data, "from"), pathField(data, "to")];
  if (from === "" || to === "") throw new UserError("both 'from' and 'to' path must be specified as a string");
  const [source, target] = [normalPath(from), normalPath(to)];
  checkPaths(source, target);
  const mount = state.mounts.pluginAt(source);
  if (mount === undefined) throw new UserError(`no matching mount at ${JSON.stringify(source)}`);
  const used = state.mounts.conflictAt(target);
  if (used !== undefined) throw new UserError(`path already in use at ${JSON.stringify(used)}`);

  const id = newUuid();
  const tell = (status: Migration["status"]): void =>
    void migrations.set(id, { source_mount: source, status, target_mount: target });
  tell("in-progress");
  void move(state, mount, { id, target, tell });
  return {
    data: { migration_id: id },
    warnings: [
      "Mount move has been queued. Progress will be reported in Vault's server log, tagged with the returned migration_id",
    ],
  };
}

function pathField(data: ApiCall["data"], name: "from" | "to"): string {
  const path = textField(data, name);
  if (path.startsWith(" ") || path.endsWith(" "))
    throw new UserError(`'${name}' path cannot contain trailing whitespace`);
  return path;
}

function checkPaths(source: string, target: string): void {
  if (source.startsWith("auth/")) {
    if (!target.startsWith("auth/"))
      throw new UserError(`cannot remount auth mount to non-auth mount ${JSON.stringify(target)}`);
    if (source.startsWith("auth/token")) throw new UserError(`cannot remount ${JSON.stringify(source)}`);
    if (target.startsWith("auth/token")) throw new UserError(`cannot remount to destination ${JSON.stringify(target)}`);
    return;
  }
  for (const path of protectedMounts) {
    if (source.startsWith(path)) throw new UserError(`cannot remount ${JSON.stringify(source)}`);
    if (target.startsWith(path)) throw new UserError(`cannot remount to destination ${target}`);
  }
}

/** Goes on after the answer, as hosts do; the log and the status say how it ends. */
async function move(
  state: HostState,
  mount: PluginMount,
  { id, target, tell }: { readonly id: string; readonly target: string; tell(status: Migration["status"]): void },
): Promise<void> {
  try {
    await moveMount(state, mount, mount.entry.table === "auth" ? target.slice("auth/".length) : target);
    tell("success");
    state.log.info("a mount was moved", { migration_id: id, path: target });
  } catch (error) {
    tell("failure");
    state.log.error("a mount could not be moved", { migration_id: id, path: target, error });
  }
}
