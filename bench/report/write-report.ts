import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { growthPlot } from "./growth-section.ts";
import { ratioPlot } from "./ratio-plot.ts";
import { growthText, tableText } from "./report.ts";
import type { GrowthResults, TableResults } from "./results.ts";

const folder = join(import.meta.dirname, "..", "results");
const page = join(import.meta.dirname, "..", "README.md");
const marks = ["<!-- results -->", "<!-- end of results -->"] as const;

/** What a run measured: the table or the curves. What it did not measure stays as it was. */
export interface Results {
  readonly table?: TableResults;
  readonly growth?: GrowthResults;
}

/** Keeps the results of a run as JSON, draws its plots, and writes the page anew. */
export async function writeReport(results: Results): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (results.table) await writeTable(results.table);
  if (results.growth) await writeGrowth(results.growth);
  const table = results.table ?? (await readResults<TableResults>("table"));
  const growth = results.growth ?? (await readResults<GrowthResults>("growth"));
  const sections = [...(table ? [tableText(table)] : []), ...(growth ? [growthText(growth)] : [])];
  const text = await readFile(page, "utf8");
  const [start, end] = [text.indexOf(marks[0]), text.indexOf(marks[1])];
  if (start === -1 || end < start) throw new Error(`${page} has lost its lines ${marks.join(" and ")}; put them back`);
  const between = [marks[0], ...sections, ""].join("\n\n");
  await writeFile(page, text.slice(0, start) + between + text.slice(end));
}

async function writeTable(results: TableResults): Promise<void> {
  await writeFile(join(folder, "table.json"), `${JSON.stringify(results)}\n`);
  await writePlot("throughput", ratioPlot(results, "requestsPerSecond", "Requests/s, ours / Go: more is better"));
  await writePlot("latency", ratioPlot(results, "p50", "p50, ours / Go: less is better"));
  await writePlot("processor", ratioPlot(results, "plugin", "Plugin's processor time, ours / Go: less is better"));
}

async function writeGrowth(results: GrowthResults): Promise<void> {
  await writeFile(join(folder, "growth.json"), `${JSON.stringify(results)}\n`);
  for (const curve of results.curves) await writePlot(curve.name, growthPlot(curve));
}

async function readResults<T>(name: string): Promise<T | undefined> {
  const file = join(folder, `${name}.json`);
  return existsSync(file) ? JSON.parse(await readFile(file, "utf8")) : undefined;
}

async function writePlot(name: string, svg: string): Promise<void> {
  await writeFile(join(folder, `${name}.svg`), svg);
}
