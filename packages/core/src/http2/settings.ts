import { ConnectionError } from "./http2-error.ts";
import { defaults, errorCodes, maxWindow } from "./protocol.ts";

/** Numbers of the settings (RFC 9113, section 6.5.2). */
const numbers = {
  headerTableSize: 1,
  enablePush: 2,
  maxConcurrentStreams: 3,
  initialWindow: 4,
  maxFrameSize: 5,
  maxHeaderListSize: 6,
} as const;

/** What a peer has said of itself; its limit of headers is advice that calls of this machine never come near. */
export interface PeerSettings {
  headerTableSize: number;
  maxConcurrentStreams: number;
  initialWindow: number;
  maxFrameSize: number;
}

/** What holds until the peer's first settings come. */
export function initialSettings(): PeerSettings {
  return {
    headerTableSize: defaults.headerTableSize,
    maxConcurrentStreams: Number.POSITIVE_INFINITY,
    initialWindow: defaults.window,
    maxFrameSize: defaults.frameSize,
  };
}

/** Writes the payload of a SETTINGS frame. */
export function encodeSettings(settings: Partial<Record<keyof typeof numbers, number>>): Uint8Array {
  const entries = Object.entries(numbers).flatMap(([name, number]) => {
    // The keys of `numbers` are those of `settings`; `Object.entries` forgets their type.
    const value = settings[name as keyof typeof numbers];
    return value === undefined ? [] : [{ number, value }];
  });
  const payload = Buffer.alloc(entries.length * 6);
  entries.forEach(({ number, value }, index) => {
    payload.writeUInt16BE(number, index * 6);
    payload.writeUInt32BE(value, index * 6 + 2);
  });
  return payload;
}

/** Takes over what a SETTINGS frame says; throws a `ConnectionError` for values that may not be. */
export function applySettings(settings: PeerSettings, payload: Uint8Array): void {
  if (payload.length % 6 !== 0) {
    throw new ConnectionError(
      errorCodes.frameSizeError,
      `SETTINGS of ${payload.length} bytes, which six does not divide`,
    );
  }
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  for (let at = 0; at < payload.length; at += 6) apply(settings, view.getUint16(at), view.getUint32(at + 2));
}

function apply(settings: PeerSettings, number: number, value: number): void {
  switch (number) {
    case numbers.headerTableSize:
      settings.headerTableSize = value;
      return;
    case numbers.enablePush:
      if (value > 1) throw new ConnectionError(errorCodes.protocolError, `SETTINGS_ENABLE_PUSH is ${value}`);
      return;
    case numbers.maxConcurrentStreams:
      settings.maxConcurrentStreams = value;
      return;
    case numbers.initialWindow:
      if (value > maxWindow) {
        throw new ConnectionError(errorCodes.flowControlError, `SETTINGS_INITIAL_WINDOW_SIZE is ${value}`);
      }
      settings.initialWindow = value;
      return;
    case numbers.maxFrameSize:
      if (value < defaults.frameSize || value > 2 ** 24 - 1) {
        throw new ConnectionError(errorCodes.protocolError, `SETTINGS_MAX_FRAME_SIZE is ${value}`);
      }
      settings.maxFrameSize = value;
      return;
  }
}
