import { GRPCStdioDefinition, type StdioData, StdioData_Channel } from "../gen/plugin/stdio.ts";
import { implement } from "./service.ts";
import type { Service } from "./transport/transport.ts";

const pieceBytes = 1024;
const maxPieces = 1024;

/** Carries output to the host by `/plugin.GRPCStdio/StreamStdio`. */
export interface Stdio {
  readonly service: Service;
  /** Takes what would have gone to the standard output. Beyond a mebibyte that nobody fetches, the oldest is lost. */
  write(data: Uint8Array): void;
}

/** Makes the stream of output; it stays open for as long as the host wants it, or until the host opens another. */
export function createStdio(): Stdio {
  const pieces: StdioData[] = [];
  let streams = 0;
  let wake = () => {};

  async function* read(signal: AbortSignal): AsyncGenerator<StdioData> {
    streams += 1;
    const own = streams;
    wake();
    const onAbort = () => {
      if (own === streams) wake();
    };
    signal.addEventListener("abort", onAbort, { once: true });
    while (own === streams && !signal.aborted) {
      const piece = pieces.shift();
      if (piece) {
        yield piece;
        continue;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return {
    write(data) {
      for (let start = 0; start < data.length; start += pieceBytes) {
        pieces.push({ channel: StdioData_Channel.STDOUT, data: data.slice(start, start + pieceBytes) });
        if (pieces.length > maxPieces) pieces.shift();
      }
      wake();
    },
    service: implement(GRPCStdioDefinition, { streamStdio: (_request, { signal }) => read(signal) }),
  };
}
