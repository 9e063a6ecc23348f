/** What this side lets a peer do. */
export const limits: {
  /** Body that a stream may hold unread; bounds what a peer can fill by a stream that nobody reads. */
  readonly streamWindow: number;
  /** Body that is on its way on the whole connection. It is given back on arrival, so that streams do not hold up one another. */
  readonly connectionWindow: number;
  /** Calls at the same time; clients keep back what goes beyond. */
  readonly concurrentStreams: number;
  /** Size of a decoded list of header fields, and of the frames that carry it. */
  readonly headerList: number;
  /** Frames that carry one list of header fields. */
  readonly headerFrames: number;
  /** Bytes that wait in a pipe before bodies wait in their streams. */
  readonly pending: number;
  /** Bytes that a peer may leave unread while it asks for more answers. */
  readonly unreadAnswers: number;
} = {
  streamWindow: 2 ** 20,
  connectionWindow: 2 ** 24,
  concurrentStreams: 10_000,
  headerList: 2 ** 20,
  headerFrames: 1024,
  pending: 2 ** 20,
  unreadAnswers: 2 ** 22,
};
