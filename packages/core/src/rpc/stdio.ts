import { GRPCStdioDefinition, type StdioData, StdioData_Channel } from "../gen/plugin/stdio.ts";
import { createQueue, type Queue } from "./queue.ts";
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

/** Makes the stream of output; it stays open for as long as the host wants it. */
export function createStdio(): Stdio {
  const pieces: StdioData[] = [];
  let reader: Queue<StdioData> | undefined;

  function add(piece: StdioData): void {
    if (reader) {
      reader.push(piece);
      return;
    }
    pieces.push(piece);
    if (pieces.length > maxPieces) pieces.shift();
  }

  return {
    write(data) {
      for (let start = 0; start < data.length; start += pieceBytes) {
        add({ channel: StdioData_Channel.STDOUT, data: data.slice(start, start + pieceBytes) });
      }
    },
    service: implement(GRPCStdioDefinition, {
      async *streamStdio(_request, { signal }) {
        const queue = createQueue<StdioData>();
        reader?.end();
        reader = queue;
        for (const piece of pieces.splice(0)) queue.push(piece);
        const leave = () => {
          if (reader === queue) reader = undefined;
          queue.end();
        };
        signal.addEventListener("abort", leave, { once: true });
        yield* queue;
      },
    }),
  };
}
