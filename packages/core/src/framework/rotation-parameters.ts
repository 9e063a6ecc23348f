import { LogicalError, UserError } from "../logical/errors.ts";
import type { Data } from "../logical/json.ts";
import { present } from "../logical/present.ts";
import type { Request } from "../logical/request.ts";
import type { SystemView } from "../logical/system-view.ts";
import { faultOfSchedule } from "./cron-schedule.ts";
import type { ValueOf } from "./field.ts";
import { rotationFields } from "./rotation-fields.ts";

/** When Vault asks a mount to rotate a credential: by a schedule with its window, by a period, or not at all. */
export interface RotationParameters {
  /** Cron's five parts, or empty. */
  readonly schedule: string;
  /** Seconds, as is the period; zero is none. */
  readonly window: number;
  readonly period: number;
  readonly policy: string;
  readonly isDisabled: boolean;
}

/** The values of the rotation fields of a request. */
export type RotationFieldValues = { readonly [K in keyof typeof rotationFields]?: ValueOf<(typeof rotationFields)[K]> };

/** The parameters with which operators have Vault Enterprise rotate a credential, answered by `rotateCredential`. */
export const rotationParameters: {
  readonly fields: typeof rotationFields;
  /** Parameters of which none was given. */
  readonly none: RotationParameters;
  /** Changes what a request gives, and checks it; what is wrong is thrown as `UserError`. */
  parse(given: RotationFieldValues, current?: RotationParameters): RotationParameters;
  /** What a read of the configuration shows. */
  toData(parameters: RotationParameters): Data;
  /**
   * Registers a rotation of the request's path under a name, or takes it back where the parameters ask for none. It
   * gives the id of the job. A host that cannot rotate refuses the one, which is thrown as `UserError`.
   */
  register(
    parameters: RotationParameters,
    name: string,
    context: { readonly system: SystemView; readonly request: Request },
  ): Promise<string | undefined>;
} = {
  fields: rotationFields,
  none: { schedule: "", window: 0, period: 0, policy: "", isDisabled: false },
  parse,
  toData,
  register,
};

function parse(given: RotationFieldValues, current: RotationParameters = rotationParameters.none): RotationParameters {
  const { rotation_schedule: schedule, rotation_window: window, rotation_period: period } = given;
  const { disable_automated_rotation: isDisabled, rotation_policy: policy } = given;
  if (schedule && period)
    throw new UserError(
      "mutually exclusive fields rotation_schedule and rotation_period were both specified; " +
        "only one of them can be provided",
    );
  const fault = schedule ? faultOfSchedule(schedule) : undefined;
  if (fault !== undefined) throw new UserError(`failed to parse provided rotation_schedule: ${fault}`);
  if (window && period) throw new UserError("rotation_window does not apply to period");
  if (window && schedule === undefined) throw new UserError("cannot use rotation_window without rotation_schedule");
  return { ...current, ...present({ schedule, window, period, policy, isDisabled }) };
}

function toData({ schedule, window, period, policy, isDisabled }: RotationParameters): Data {
  return {
    disable_automated_rotation: isDisabled,
    rotation_policy: policy,
    ...(schedule === "" ? {} : { rotation_schedule: schedule, rotation_window: window }),
    ...(period === 0 ? {} : { rotation_period: period }),
  };
}

async function register(
  parameters: RotationParameters,
  name: string,
  { system, request: { mountPoint = "", path } }: { readonly system: SystemView; readonly request: Request },
): Promise<string | undefined> {
  const { schedule, window, period, policy, isDisabled } = parameters;
  if (isDisabled || (schedule === "" && period === 0)) {
    await withdraw(system, { mountPoint, path });
    return undefined;
  }
  if (mountPoint === "") throw new LogicalError("unknown", "error validating rotation job: MountPoint is required");
  if (path === "") throw new LogicalError("unknown", "error validating rotation job: ReqPath is required");
  try {
    return await system.registerRotationJob({ name, mountPoint, path, schedule, window, period, policy });
  } catch (thrown) {
    throw refused("error registering rotation job", thrown);
  }
}

async function withdraw(
  system: SystemView,
  job: { readonly mountPoint: string; readonly path: string },
): Promise<void> {
  try {
    await system.deregisterRotationJob(job);
  } catch (thrown) {
    // A host that knows no such jobs (OpenBao, older Vault) has none to take back.
    if (LogicalError.find(thrown)?.kind !== "unsupported-operation")
      throw refused("error deregistering rotation job", thrown);
  }
}

function refused(what: string, thrown: unknown): unknown {
  const known = LogicalError.find(thrown);
  return known ? new UserError(`${what}: ${known.message}`, { cause: thrown }) : thrown;
}
