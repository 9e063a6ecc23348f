import type { RotationInfoReply, RotationJobInput } from "../gen/pb/system-view.ts";
import { present } from "../logical/present.ts";
import type { RotationJob, RotationStatus } from "../logical/system-view.ts";
import { nonZero } from "./absent.ts";

/** Gives a rotation job; here, unlike elsewhere, durations are seconds on the wire too. */
export function rotationJobToWire(job: RotationJob): RotationJobInput {
  return {
    name: job.name,
    mountPoint: job.mountPoint,
    path: job.path,
    rotationSchedule: job.schedule ?? "",
    rotationWindow: BigInt(Math.trunc(job.window ?? 0)),
    rotationPeriod: BigInt(Math.trunc(job.period ?? 0)),
    rotationPolicy: job.policy ?? "",
    // Only Vault's own engines have jobs from before there was a rotation manager.
    migratedLegacyNextRotationTime: 0n,
  };
}

/** Reads a rotation job. */
export function rotationJobFromWire(job: RotationJobInput): RotationJob {
  return present({
    name: job.name,
    mountPoint: job.mountPoint,
    path: job.path,
    schedule: nonZero(job.rotationSchedule),
    window: nonZero(Number(job.rotationWindow)),
    period: nonZero(Number(job.rotationPeriod)),
    policy: nonZero(job.rotationPolicy),
  });
}

/** Gives when a credential was and will be rotated; the times are the host's own and pass unchanged. */
export function rotationStatusToWire(status: RotationStatus): RotationInfoReply {
  return { ...status };
}

/** Reads when a credential was and will be rotated. */
export function rotationStatusFromWire(status: RotationInfoReply): RotationStatus {
  return { ...status };
}
