import type { RotationInfo as WireRotationInfo } from "../gen/pb/backend.ts";
import type { RotationInfoReply, RotationJobInput } from "../gen/pb/system-view.ts";
import { present } from "../logical/present.ts";
import type { RotationInfo } from "../logical/request.ts";
import type { RotationJob, RotationStatus } from "../logical/system-view.ts";
import { nonZero } from "./absent.ts";
import { timeFromWire, timeToWire } from "./time.ts";

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

/** Gives when a credential was and will be rotated. */
export function rotationStatusToWire({ lastRotation, nextRotation, ttl }: RotationStatus): RotationInfoReply {
  return {
    issueTime: unixTimeToWire(lastRotation),
    expireTime: unixTimeToWire(nextRotation),
    ttl: BigInt(Math.trunc(ttl)),
  };
}

/** Reads when a credential was and will be rotated. */
export function rotationStatusFromWire(status: RotationInfoReply): RotationStatus {
  const times = {
    lastRotation: unixTimeFromWire(status.issueTime),
    nextRotation: unixTimeFromWire(status.expireTime),
  };
  return { ...present(times), ttl: Number(status.ttl) };
}

/** Gives what the rotation manager says of a rotation. */
export function rotationInfoToWire({ rotationId, nextRotation, lastRotation }: RotationInfo): WireRotationInfo {
  return {
    rotationId,
    nextVaultRotation: unixTimeToWire(nextRotation),
    lastVaultRotation: unixTimeToWire(lastRotation),
  };
}

/** Reads what the rotation manager says of a rotation. */
export function rotationInfoFromWire(info: WireRotationInfo): RotationInfo {
  const times = {
    nextRotation: unixTimeFromWire(info.nextVaultRotation),
    lastRotation: unixTimeFromWire(info.lastVaultRotation),
  };
  return { rotationId: info.rotationId, ...present(times) };
}

/** Times of rotations are whole seconds since 1970, and none is what Go makes of its "no time". */
function unixTimeToWire(time: Date | undefined): bigint {
  return timeToWire(time).seconds;
}

function unixTimeFromWire(seconds: bigint): Date | undefined {
  return seconds === 0n ? undefined : timeFromWire({ seconds, nanos: 0 });
}
