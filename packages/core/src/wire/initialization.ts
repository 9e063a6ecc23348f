import type { InitializeArgs } from "../gen/pb/backend.ts";
import type { Initialization } from "../logical/backend.ts";
import { present } from "../logical/present.ts";
import { nonZero } from "./absent.ts";

/** Gives what is said of a mount when it is initialized as a message. */
export function initializationToWire(initialization: Initialization): InitializeArgs {
  return {
    mountPoint: initialization.mountPoint ?? "",
    mountType: initialization.mountType ?? "",
    mountAccessor: initialization.mountAccessor ?? "",
    backendUuid: initialization.backendUuid ?? "",
    mountRunningVersion: initialization.mountRunningVersion ?? "",
  };
}

/** Reads what is said of a mount when it is initialized. */
export function initializationFromWire(args: InitializeArgs): Initialization {
  return present({
    mountPoint: nonZero(args.mountPoint),
    mountType: nonZero(args.mountType),
    mountAccessor: nonZero(args.mountAccessor),
    backendUuid: nonZero(args.backendUuid),
    mountRunningVersion: nonZero(args.mountRunningVersion),
  });
}
