import type { Golden } from "./goldens.ts";

/** Gives numbers from zero up to, but not with, a bound. The same seed gives the same numbers. */
export type Dice = (bound: number) => number;

/** Makes dice of a seed; the generator is mulberry32. */
export function createDice(seed: number): Dice {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
}

/** Makes bytes that are nearly a message, or not at all. */
export function damage(dice: Dice, goldens: readonly Golden[]): Buffer {
  return damageBytes(dice, Buffer.from(goldens[dice(goldens.length)]?.bytes ?? "", "base64"));
}

/** Damages these bytes in one of several ways, or not at all. */
export function damageBytes(dice: Dice, bytes: Buffer): Buffer {
  switch (dice(6)) {
    case 0:
      return noise(dice, dice(400));
    case 1:
      return bytes.subarray(0, dice(bytes.length + 1));
    case 2: {
      const cut = dice(bytes.length + 1);
      return Buffer.concat([bytes.subarray(cut), bytes.subarray(0, cut)]);
    }
    case 3:
      for (let flips = 1 + dice(8); flips > 0 && bytes.length > 0; flips -= 1) bytes[dice(bytes.length)] = dice(256);
      return bytes;
    case 4:
      return Buffer.concat([bytes, noise(dice, dice(40)), bytes]);
    default:
      return bytes;
  }
}

/** Puts a message into the frame of gRPC; one in four has a prefix that lies. */
export function frame(dice: Dice, message: Buffer): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  switch (dice(12)) {
    case 0:
      prefix[0] = dice(256);
      break;
    case 1:
      prefix.writeUInt32BE(dice(2 ** 32), 1);
      break;
    case 2:
      return message;
  }
  return Buffer.concat([prefix, message]);
}

const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
const settings = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);

/** Makes what a client that is no client sends after TLS: noise, or HTTP/2 that turns into noise. */
export function babble(dice: Dice): Buffer {
  switch (dice(4)) {
    case 0:
      return noise(dice, 1 + dice(2000));
    case 1:
      return preface.subarray(0, dice(preface.length));
    case 2:
      return Buffer.concat([preface, noise(dice, dice(2000))]);
    default:
      return Buffer.concat([preface, settings, ...Array.from({ length: 1 + dice(20) }, () => http2Frame(dice))]);
  }
}

function http2Frame(dice: Dice): Buffer {
  const payload = noise(dice, dice(100));
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = dice(12);
  head[4] = dice(256);
  head.writeUInt32BE(dice(9), 5);
  return Buffer.concat([head, payload]);
}

function noise(dice: Dice, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => dice(256)));
}
