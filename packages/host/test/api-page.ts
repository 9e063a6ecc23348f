import { join } from "node:path";
import type { Operation } from "@vaultwright/core/launch";
import type { BuiltIn } from "../src/api/built-in-mount.ts";
import { builtIns } from "../src/api/built-ins.ts";
import { systemPaths } from "../src/http/system-paths.ts";
import { fullPathOf } from "../src/mounts/mount-entry.ts";
import { prefixMatcher, segmentMatcher } from "../src/mounts/special-path-matcher.ts";
import { products } from "../src/product.ts";
import { createMemoryStore } from "../src/storage/memory-store.ts";

/** Where the list of all calls is. */
export const apiPageFile = join(import.meta.dirname, "..", "API.md");

/** Writes down every call that the server answers itself, from its routes. */
export function apiPage(): string {
  const rooms = builtIns(createMemoryStore(), products.vault);
  return `${introduction}${section("Without a token, and while sealed", systemRows())}${rooms
    .map((room) => section(`\`${fullPathOf(room.entry)}\``, routeRows(room)))
    .join("")}`;
}

const introduction = `# Calls of the embedded server

Below \`/v1/\`. \`:name\` stands for one part of a path, \`:name+\` for one or more. \`POST\` and \`PUT\` are the same, and so are \`LIST\` and
\`GET\` with \`?list=true\`; \`?help=1\` explains every path. What mounts answer is the plugins' own.

This page is written by \`npm run golden\`, from the routes of the server.
`;

const methods: readonly (readonly [Operation, string])[] = [
  ["read", "GET"],
  ["header", "HEAD"],
  ["list", "LIST"],
  ["update", "POST"],
  ["patch", "PATCH"],
  ["delete", "DELETE"],
];

interface Row {
  readonly path: string;
  readonly methods: readonly string[];
  readonly needs: string;
  readonly summary: string;
}

function systemRows(): Row[] {
  return systemPaths.map(({ path, summary, operations }) => ({
    path,
    methods: methodsOf(operations),
    needs: "",
    summary,
  }));
}

function routeRows({ entry, routes, sudo, unauthenticated }: BuiltIn): Row[] {
  const needsSudo = prefixMatcher(sudo);
  const isOpen = segmentMatcher(unauthenticated);
  return routes.map(({ path, summary, operations }) => {
    const asked = path.replace(/:\w+\+?/g, "x");
    const isListSudo = operations.list !== undefined && needsSudo(`${asked}/`);
    const isSudo = needsSudo(asked) || (isListSudo && Object.keys(operations).length === 1);
    const needs = isSudo ? "`sudo`" : isListSudo ? "`sudo` to list" : isOpen(asked) ? "no token" : "";
    return { path: `${fullPathOf(entry)}${path}`, methods: methodsOf(operations), needs, summary };
  });
}

function methodsOf(operations: Readonly<Partial<Record<Operation, unknown>>>): string[] {
  return methods.filter(([operation]) => operations[operation] !== undefined).map(([, method]) => method);
}

function section(title: string, rows: readonly Row[]): string {
  const lines = rows
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map(
      ({ path, methods: names, needs, summary }) => `| \`${path}\` | ${names.join(", ")} | ${needs} | ${summary} |\n`,
    );
  return `\n## ${title}\n\n| path | methods | needs | what it does |\n| --- | --- | --- | --- |\n${lines.join("")}`;
}
