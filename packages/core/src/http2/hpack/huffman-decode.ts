import { HpackError } from "./hpack-error.ts";
import { endOfString, huffmanCode } from "./huffman-code.ts";

/*
 * The decoder is a state machine that eats four bits at a time. A state is an inner node of the code's tree; there are
 * 256, and one more for strings that are wrong, which no step leaves. No code is shorter than five bits, so a step gives
 * one byte at most. A step is a number: the next state in its lowest nine bits, the byte in the next eight, then whether
 * there is a byte and whether the string may end here. Steps are worked out when they are first taken, because few are
 * and a process that has just started has no time for all; no step is 0.
 */
const broken = 256;
const hasByte = 1 << 17;
const mayEnd = 1 << 18;

interface Machine {
  readonly steps: Uint32Array;
  /** The inner nodes of the code's tree: at 2 * node + bit is another node, or the complement of a symbol. */
  readonly tree: Int16Array;
  readonly endings: ReadonlySet<number>;
}

let machine: Machine | undefined;
const scratch = Buffer.alloc(4096);

/** Decodes a string of which `bytes` has the Huffman code from `start` to `end`. */
export function decodeHuffman(bytes: Uint8Array, start: number, end: number): string {
  machine ??= createMachine();
  const { steps } = machine;
  // A code has five bits or more, and the last step writes one byte too many.
  const room = Math.ceil(((end - start) * 8) / 5) + 1;
  const output = room <= scratch.length ? scratch : Buffer.allocUnsafe(room);
  let length = 0;
  let step = mayEnd;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    const high = ((step & 511) << 4) | (byte >> 4);
    step = steps[high] || workOut(machine, high);
    output[length] = step >> 9;
    length += (step >> 17) & 1;
    const low = ((step & 511) << 4) | (byte & 15);
    step = steps[low] || workOut(machine, low);
    output[length] = step >> 9;
    length += (step >> 17) & 1;
  }
  if ((step & mayEnd) === 0) throw new HpackError("invalid Huffman code in a header block");
  return output.toString("latin1", 0, length);
}

function createMachine(): Machine {
  const tree = buildTree();
  // A string ends after a whole symbol and up to seven one-bits, the beginning of the code of the string's end.
  const endings = new Set([0]);
  let node = 0;
  for (let bit = 0; bit < 7; bit += 1) {
    node = tree[2 * node + 1] ?? 0;
    endings.add(node);
  }
  return { steps: new Uint32Array(257 * 16).fill(broken, broken * 16), tree, endings };
}

function buildTree(): Int16Array {
  const { lengths, codes } = huffmanCode();
  const tree = new Int16Array(512);
  let size = 1;
  for (const [symbol, length] of lengths.entries()) {
    const code = codes[symbol] ?? 0;
    let node = 0;
    for (let bit = length - 1; bit > 0; bit -= 1) {
      const branch = 2 * node + ((code >> bit) & 1);
      tree[branch] ||= size++;
      node = tree[branch] ?? 0;
    }
    tree[2 * node + (code & 1)] = ~symbol;
  }
  return tree;
}

/** Works out a step from its place: the state, and below it the four bits. */
function workOut({ steps, tree, endings }: Machine, place: number): number {
  let node = place >> 4;
  let found = 0;
  for (let bit = 3; bit >= 0 && node !== broken; bit -= 1) {
    const next = tree[2 * node + ((place >> bit) & 1)] ?? 0;
    if (next < 0) found = hasByte | (~next << 9);
    node = next === ~endOfString ? broken : Math.max(next, 0);
  }
  const step = node === broken ? broken : found | node | (endings.has(node) ? mayEnd : 0);
  steps[place] = step;
  return step;
}
