import type { Field } from "./field.ts";
import { t } from "./kinds.ts";

/** The fields of the rotation parameters, with no defaults: what a request leaves out keeps its value. */
export const rotationFields: {
  readonly disable_automated_rotation: Field<boolean | undefined>;
  readonly rotation_period: Field<number | undefined>;
  readonly rotation_policy: Field<string | undefined>;
  readonly rotation_schedule: Field<string | undefined>;
  readonly rotation_window: Field<number | undefined>;
} = {
  disable_automated_rotation: t.bool({ description: "Takes the rotation back that was asked for before." }),
  rotation_period: t.seconds({ description: "Time between rotations; not together with rotation_schedule." }),
  rotation_policy: t.string({ description: "Policy of how a rotation that failed is tried again." }),
  rotation_schedule: t.string({
    description: "When to rotate, as the five parts of cron, in UTC; not together with rotation_period.",
  }),
  rotation_window: t.seconds({ description: "How long after each time of rotation_schedule a rotation may begin." }),
};
