import { createRequire } from "node:module";
import { relinkNote } from "./bun-parts.ts";
import type { Component } from "./components.ts";
import type { Contents } from "./contents.ts";

const ruler = "=".repeat(100);

/** Writes the licences of all that is inside of a plugin's binaries, with the notices that they ask for. */
export function writeLicences(contents: Contents, libraryNotices: readonly string[]): string {
  const { plugin, components, systemParts } = contents;
  const runtimes = systemParts.filter(({ parts }) => parts.length > 0);
  const parts = new Map(runtimes.flatMap((runtime) => runtime.parts).map((part) => [part.name, part]));
  const unaccompanied = [
    "MIT", // Bun's own
    ...components.filter(({ notices }) => notices.length === 0).map(({ licence }) => licence),
    ...[...parts.values()].map(({ licence }) => licence),
  ];
  const identifiers = [...new Set(unaccompanied.flatMap(identifiersOf))].sort();
  return [
    `Licences of what is inside ${plugin.name} ${plugin.version}`,
    `${overview(contents)}\n\n${relinkNote}`,
    ...byNotice(components),
    ...[...new Set(libraryNotices)].map((notice) => `glibc, in the portable files\n\n${notice}`),
    ...identifiers.map((identifier) => `${identifier}\n\n${licenceText(identifier)}`),
  ].join(`\n\n${ruler}\n\n`);
}

function overview({ components, systemParts }: Contents): string {
  const lines = components.map(({ name, version, licence }) => `${name} ${version}: ${licence}`);
  const systemLines = systemParts.flatMap(({ name, version, licence, parts }) => [
    `${name} ${version}: ${licence}`,
    ...parts.map((part) => `  with ${part.name}: ${part.licence}, ${part.url}`),
  ]);
  return [...lines, ...systemLines].join("\n");
}

/** One section for each different notice, since many packages have the same. */
function byNotice(components: readonly Component[]): readonly string[] {
  const owners = new Map<string, string[]>();
  for (const { name, version, notices } of components)
    for (const notice of notices) owners.set(notice, [...(owners.get(notice) ?? []), `${name} ${version}`]);
  return [...owners].map(([notice, names]) => `${names.join(", ")}\n\n${notice}`);
}

/** The licences that an SPDX expression names. */
export function identifiersOf(expression: string): readonly string[] {
  return expression.split(/[\s()]+/).filter((word) => word !== "" && !["AND", "OR", "WITH"].includes(word));
}

const require = createRequire(import.meta.url);

/** The only exception to a licence that is named; the list has licences, not exceptions. */
const llvmException =
  "As an exception, if, as a result of your compiling your source code, portions of this Software are embedded into an " +
  "Object form of such source code, you may redistribute such embedded portions in such Object form without complying " +
  "with the conditions of Sections 4(a), 4(b) and 4(d) of the License.\n\n" +
  "In addition, if you combine or link compiled forms of this Software with software that is licensed under the GPLv2 " +
  '("Combined Software") and if a court of competent jurisdiction determines that the patent provision (Section 3), the ' +
  "indemnity provision (Section 9) or other Section of the License conflicts with the conditions of the GPLv2, you may " +
  "retroactively and prospectively choose to deem waived or otherwise exclude such Section(s) of the License, but only " +
  "in their entirety and only with respect to the Combined Software.";

function licenceText(identifier: string): string {
  if (identifier === "LLVM-exception") return llvmException;
  const { licenseText }: { licenseText: string } = require(`spdx-license-list/licenses/${identifier}.json`);
  return licenseText.trim();
}
