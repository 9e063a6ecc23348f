import type { Timestamp } from "../gen/google/protobuf/timestamp.ts";

/** The start of year 1, which is "no time" in Go; hosts fail to read a lease without any time. */
const goZero: Timestamp = { seconds: -62_135_596_800n, nanos: 0 };

/** Gives a time, or Go's "no time" for none. */
export function timeToWire(time: Date | undefined): Timestamp {
  if (time === undefined) return goZero;
  const ms = time.getTime();
  if (Number.isNaN(ms)) throw new RangeError("a time is not a valid date");
  const seconds = Math.floor(ms / 1000);
  return { seconds: BigInt(seconds), nanos: (ms - seconds * 1000) * 1_000_000 };
}

/** Gives a time to the millisecond; undefined for an absent one and for Go's "no time". */
export function timeFromWire(time: Timestamp | undefined): Date | undefined {
  if (time === undefined || (time.seconds === goZero.seconds && time.nanos === 0)) return undefined;
  return new Date(Number(time.seconds) * 1000 + Math.floor(time.nanos / 1_000_000));
}
