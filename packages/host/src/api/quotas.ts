import { type Data, UserError } from "@vaultwright/core/launch";
import type { RateQuota } from "../quotas/rate-quota.ts";
import { hasRoles } from "../requests/limit-rate.ts";
import { booleanField, floatField, secondsField, sliceField, textField } from "./fields.ts";
import { type ApiCall, type ApiRoute, listOf, route } from "./route.ts";

const configFields = {
  absolute_rate_limit_exempt_paths: "array",
  enable_rate_limit_audit_logging: "boolean",
  enable_rate_limit_response_headers: "boolean",
  rate_limit_exempt_paths: "array",
} as const;

const quotaFields = {
  block_interval: "string",
  group_by: "string",
  inheritable: "boolean",
  interval: "string",
  path: "string",
  rate: "string",
  role: "string",
  secondary_rate: "string",
  type: "string",
} as const;

/** The paths of quotas: how many requests a client may make. */
export const quotaRoutes: readonly ApiRoute[] = [
  route(
    "quotas/config",
    "Read and change what is true of all quotas.",
    { read: readConfig, update: configure },
    configFields,
  ),
  route("quotas/rate-limit", "List the quotas of requests.", {
    list: ({ state }) =>
      listOf(
        state.quotas
          .list()
          .map(({ name }) => name)
          .sort(),
      ),
  }),
  route(
    "quotas/rate-limit/:name",
    "Read, write and delete a quota of requests.",
    { read, update, delete: remove },
    quotaFields,
  ),
];

function readConfig({ state: { quotas } }: ApiCall) {
  const { hasAuditLogging, hasResponseHeaders, exemptPaths, absoluteExemptPaths } = quotas.config;
  return {
    data: {
      absolute_rate_limit_exempt_paths: absoluteExemptPaths,
      enable_rate_limit_audit_logging: hasAuditLogging,
      enable_rate_limit_response_headers: hasResponseHeaders,
      rate_limit_exempt_paths: exemptPaths,
    },
  };
}

/** What is not sent is cleared. */
function configure({ state, data }: ApiCall): undefined {
  state.quotas.configure({
    hasAuditLogging: booleanField(data, "enable_rate_limit_audit_logging") ?? false,
    hasResponseHeaders: booleanField(data, "enable_rate_limit_response_headers") ?? false,
    exemptPaths: sliceField(data, "rate_limit_exempt_paths") ?? [],
    absoluteExemptPaths: sliceField(data, "absolute_rate_limit_exempt_paths") ?? [],
  });
}

function read({ state, params }: ApiCall) {
  const quota = state.quotas.get(params["name"] ?? "");
  if (quota === undefined) return undefined;
  return {
    data: {
      block_interval: quota.blockInterval,
      group_by: "ip",
      inheritable: quota.isInheritable,
      interval: quota.interval,
      name: quota.name,
      path: quota.mountPath + quota.pathSuffix,
      rate: quota.rate,
      role: quota.role,
      secondary_rate: 0,
      type: "rate-limit",
    },
  };
}

function remove({ state, params }: ApiCall): undefined {
  state.quotas.delete(params["name"] ?? "");
}

async function update(call: ApiCall): Promise<undefined> {
  const { state, params, data } = call;
  const rates = ratesOf(data);
  const place = placeOf(call);
  await checkRole(call, place);
  const name = params["name"] ?? "";
  // Hosts let the role of a quota be chosen once.
  const role = state.quotas.get(name)?.role ?? place.role;
  const quota: RateQuota = { name, ...rates, ...place, role, isInheritable: isInheritable(data, place) };
  const similar = state.quotas.list().find((other) => other.name !== quota.name && isSimilar(other, quota));
  if (similar !== undefined)
    throw new UserError(`quota rule with similar properties exists under the name ${JSON.stringify(similar.name)}`);
  state.quotas.save(quota);
}

function ratesOf(data: Data): Pick<RateQuota, "rate" | "interval" | "blockInterval"> {
  const groupBy = textField(data, "group_by");
  if (["none", "entity_then_ip", "entity_then_none"].includes(groupBy))
    throw new UserError(`grouping mode ${JSON.stringify(groupBy)} is only available in Vault Enterprise`);
  if (groupBy !== "" && groupBy !== "ip") throw new UserError(`invalid grouping mode ${JSON.stringify(groupBy)}`);
  const rate = floatField(data, "rate");
  if (rate <= 0) throw new UserError("'rate' is invalid");
  if (floatField(data, "secondary_rate") !== 0)
    throw new UserError("secondary rate is only valid when using entity-based grouping");
  return { rate, interval: seconds(data, "interval") || 1, blockInterval: seconds(data, "block_interval") };
}

function seconds(data: Data, name: string): number {
  const given = secondsField(data, name) ?? 0;
  if (given >= 0) return given;
  throw new UserError(
    `Field validation failed: error converting input for field ${JSON.stringify(name)}: cannot provide negative value '${given}'`,
  );
}

type Place = Pick<RateQuota, "mountPath" | "pathSuffix" | "role">;

function placeOf({ state, data }: ApiCall): Place {
  const role = textField(data, "role");
  const given = textField(data, "path");
  if (given === "" || given === "/") return { mountPath: "", pathSuffix: "", role };
  const path = `${given.replace(/^\//, "").replace(/\/$/, "")}/`;
  const mount = state.mounts.route(path)?.mount;
  if (mount === undefined) throw new UserError(`invalid mount path ${JSON.stringify(path)}`);
  return { mountPath: mount.fullPath, pathSuffix: path.slice(mount.fullPath.length).replace(/\/$/, ""), role };
}

async function checkRole({ state, context }: ApiCall, { mountPath, pathSuffix, role }: Place): Promise<void> {
  if (role === "") return;
  if (pathSuffix !== "")
    throw new UserError(
      "Quotas cannot contain both a path suffix and a role. If a role is provided, path must be a valid auth mount with a concept of roles",
    );
  const quoted = JSON.stringify(mountPath);
  if (!mountPath.startsWith("auth/"))
    throw new UserError(
      `Mount path ${quoted} is not a valid auth method and therefore unsuitable for use with role-based quotas`,
    );
  const plugin = state.mounts.pluginAt(mountPath);
  const { data: _quota, ...request } = context.request;
  if (plugin === undefined || !(await hasRoles(plugin, request)))
    throw new UserError(`Mount path ${quoted} does not support use with role-based quotas`);
}

function isInheritable(data: Data, { mountPath }: Place): boolean {
  const given = booleanField(data, "inheritable");
  if (mountPath !== "" && given === true) throw new UserError("only namespace quotas can be configured as inheritable");
  if (mountPath === "" && given === false) throw new UserError("all global quotas must be inheritable");
  return mountPath === "";
}

function isSimilar(a: Place, b: Place): boolean {
  return a.mountPath === b.mountPath && a.pathSuffix === b.pathSuffix && a.role === b.role;
}
