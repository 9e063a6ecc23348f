import { HealthCheckResponse_ServingStatus, HealthDefinition } from "../gen/grpc/health/v1/health.ts";
import { implement } from "./service.ts";
import { RpcError } from "./status.ts";
import type { Service } from "./transport/transport.ts";
import { until } from "./until.ts";

const { SERVING, SERVICE_UNKNOWN } = HealthCheckResponse_ServingStatus;

const served: ReadonlySet<string> = new Set(["", "plugin"]);

/** Tells the host that the plugin serves; hosts ask under the name `plugin`. */
export const health: Service = implement(HealthDefinition, {
  async check({ service }) {
    if (!served.has(service)) throw new RpcError("not-found", "unknown service");
    return { status: SERVING };
  },
  async *watch({ service }, { signal }) {
    yield { status: served.has(service) ? SERVING : SERVICE_UNKNOWN };
    await until(signal);
  },
});
