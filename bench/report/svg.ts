const font = 'font-family="system-ui, sans-serif" font-size="12"';
const colours = ["#2563eb", "#f59e0b", "#6b7280", "#10b981"];

/** Puts the parts of a picture onto white, with a title. */
export function picture(width: number, height: number, title: string, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ${font}>`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    label(12, 22, title, 'font-weight="bold" font-size="14"'),
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

/** A text; `more` are attributes. */
export function label(x: number, y: number, content: string, more = ""): string {
  return `<text x="${round(x)}" y="${round(y)}" fill="#111827" ${more}>${escaped(content)}</text>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** A straight line. */
export function line(x1: number, y1: number, x2: number, y2: number, colour = "#d1d5db"): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${colour}"/>`;
}

/** A filled rectangle. */
export function bar(x: number, y: number, width: number, height: number, colour: string): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${colour}"/>`;
}

/** A line through points, which it marks. */
export function curve(points: readonly (readonly [number, number])[], colour: string): string {
  const path = points.map(([x, y]) => `${round(x)},${round(y)}`).join(" ");
  const marks = points.map(([x, y]) => `<circle cx="${round(x)}" cy="${round(y)}" r="3" fill="${colour}"/>`);
  return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${marks.join("")}`;
}

/** Names of series, each behind its colour. */
export function legend(x: number, y: number, series: readonly string[]): string {
  return series
    .map((name, index) => bar(x + index * 150, y - 9, 10, 10, colourOf(index)) + label(x + index * 150 + 15, y, name))
    .join("");
}

/** The colour of a series. */
export function colourOf(index: number): string {
  return colours[index % colours.length] ?? "black";
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
