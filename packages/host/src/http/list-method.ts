/** The method that stands for `LIST` behind this point; clients of the API never send it. */
export const listStandIn = "LINK";

/** The method that stands for OpenBao's `SCAN` behind this point. */
export const scanStandIn = "BIND";

/** The method as the client sent it. */
export function clientMethod(method: string | undefined): string | undefined {
  if (method === listStandIn) return "LIST";
  return method === scanStandIn ? "SCAN" : method;
}

/** The longest head of a request, as Vault has it. */
export const longestHead = 1024 * 1024;

const standIns = [
  { method: Buffer.from("LIST "), standIn: Buffer.from(`${listStandIn} `) },
  { method: Buffer.from("SCAN "), standIn: Buffer.from(`${scanStandIn} `) },
] as const;
const methodLength = 5;
const lineFeed = 10;
const carriageReturn = 13;

/**
 * Makes what goes through the bytes of one connection and puts methods that Node's HTTP parser knows in place of `LIST` and
 * `SCAN`, of which it has never heard and which it refuses with no setting to change that. All have four letters, so
 * they are replaced where they are. A method that is cut in two and goes on otherwise than it began stays replaced in
 * part: the parser refuses what it then is, as it would have refused what it was.
 *
 * Only the start of a request is touched, and where one starts is known from the framing of those before it: so bodies
 * stay as they are, in whatever pieces they come, and clients may send requests ahead. What cannot be followed is
 * passed on untouched from there; the parser behind refuses it on its own.
 */
export function createListReplacement(): (chunk: Buffer) => void {
  let inside: "start" | "head" | "bytes" | "chunk-size" | "trailer" | "unknown" = "start";
  let begun: { readonly method: Buffer; readonly standIn: Buffer; readonly length: number } | undefined;
  let line = "";
  let length = 0;
  let isChunked = false;
  let bytesLeft = 0;

  const expect = (next: typeof inside, bytes = 0): void => {
    inside = bytes === 0 && next === "bytes" ? "start" : next;
    bytesLeft = bytes;
  };
  const beginHead = (): void => {
    expect("head");
    length = 0;
    isChunked = false;
  };
  const endOfHead = (): void => (isChunked ? expect("chunk-size") : expect("bytes", length));
  const header = (text: string): void => {
    // Most headers say nothing of the body, and there are many of them.
    if (!/^[ct]/i.test(text)) return;
    length = Number(/^content-length:\s*(\d+)\s*$/i.exec(text)?.[1] ?? length);
    isChunked ||= /^transfer-encoding:.*\bchunked\s*$/i.test(text);
  };
  const chunkSize = (text: string): void => {
    const size = Number.parseInt(/^[0-9a-f]+/i.exec(text)?.[0] ?? "", 16);
    if (Number.isNaN(size)) expect("unknown");
    else if (size === 0) expect("trailer");
    // The end of the chunk's line follows its bytes.
    else bytesLeft = size + 2;
  };
  const endLine = (text: string): void => {
    if (inside === "chunk-size") chunkSize(text);
    else if (inside === "head" && text !== "") header(text);
    else if (inside === "head") endOfHead();
    else if (text === "") expect("start");
  };

  /** Takes what belongs together from the front; gives where the rest begins. */
  const take = (bytes: Buffer, from: number): number => {
    if (inside === "unknown") return bytes.length;
    if (bytesLeft > 0) {
      const taken = Math.min(bytesLeft, bytes.length - from);
      bytesLeft -= taken;
      if (bytesLeft === 0 && inside === "bytes") expect("start");
      return from + taken;
    }
    if (inside === "start") return takeStart(bytes, from);
    const end = bytes.indexOf(lineFeed, from);
    line += bytes.toString("latin1", from, end < 0 ? bytes.length : end);
    if (line.length > longestHead) expect("unknown");
    if (end < 0) return bytes.length;
    const whole = line.replace(/\r$/, "");
    line = "";
    endLine(whole);
    return end + 1;
  };
  const takeStart = (bytes: Buffer, from: number): number => {
    // Parsers skip empty lines between requests.
    if (begun === undefined && (bytes[from] === carriageReturn || bytes[from] === lineFeed)) return from + 1;
    const done = begun?.length ?? 0;
    const part = bytes.subarray(from, from + methodLength - done);
    const candidates = begun === undefined ? standIns : [begun];
    const found = candidates.find(({ method }) => part.equals(method.subarray(done, done + part.length)));
    found?.standIn.copy(bytes, from, done, done + part.length);
    if (found !== undefined && done + part.length < methodLength) {
      begun = { ...found, length: done + part.length };
      return bytes.length;
    }
    begun = undefined;
    beginHead();
    return from;
  };

  return (chunk) => {
    let position = 0;
    while (position < chunk.length) position = take(chunk, position);
  };
}
