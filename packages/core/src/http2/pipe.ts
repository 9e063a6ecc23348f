/** A connection of bytes in both directions: a socket, encrypted or not. */
export interface Pipe {
  /** Bytes that were written and that the system has not taken yet. */
  readonly pending: number;
  /** Writes; the bytes belong to the pipe from then on. Does nothing once it is closed. */
  write(bytes: Uint8Array): void;
  /** Closes after what was written. */
  end(): void;
  /** Closes at once. */
  destroy(): void;
}

/** What happens on a pipe. */
export interface PipeListener {
  /** Received bytes, which nobody else changes afterwards. */
  data(bytes: Uint8Array): void;
  /** Nothing is pending any more. */
  drain(): void;
  /** It is closed; called once, also when this side closed it. */
  close(error?: Error): void;
}
