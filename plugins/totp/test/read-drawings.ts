/** A picture as decoders take it: four bytes a pixel. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Reads the kind of SVG that the engine draws, each module so many pixels wide. */
export function readSvg(svg: string, scale: number): Pixels {
  const side = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
  const squares = [...svg.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`);
  const black = new Set(squares);
  return paint(side, scale, (x, y) => black.has(`${x} ${y}`));
}

/** Reads a drawing of block characters, which are what is white. */
export function readTerminal(text: string, scale: number): Pixels {
  const lines = text.split("\n");
  const side = lines[0]?.length ?? 0;
  const upper = (y: number) => y % 2 === 0;
  return paint(side, scale, (x, y) => !(upper(y) ? "█▀" : "█▄").includes(lines[y >> 1]?.[x] ?? " "));
}

function paint(side: number, scale: number, isBlack: (x: number, y: number) => boolean): Pixels {
  const width = side * scale;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (let y = 0; y < width; y += 1)
    for (let x = 0; x < width; x += 1)
      if (isBlack(Math.floor(x / scale), Math.floor(y / scale)))
        data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
  return { width, height: width, data };
}
