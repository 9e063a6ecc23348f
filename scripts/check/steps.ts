/** A step of `npm run check`. */
export interface Step {
  readonly title: string;
  /** Program and arguments, run in the repository's folder; the program is looked up in the project's own tools. */
  readonly command: readonly [string, ...string[]];
  /** What repairs a failure, where a command can. */
  readonly repair?: string;
}

/** Everything that is checked before a commit. Each step also runs alone. */
export const steps: readonly Step[] = [
  {
    title: "generated code is what proto/ makes",
    command: ["node", "scripts/check/generated.ts"],
    repair: "npm run generate",
  },
  { title: "format, lint and import directions", command: ["biome", "check", "."], repair: "npm run fix" },
  { title: "types", command: ["turbo", "run", "check:types", "--output-logs=errors-only"] },
  { title: "tests without plugin processes", command: ["turbo", "run", "test", "--output-logs=errors-only"] },
  {
    title: "packages as they are published",
    command: ["node", "--conditions=@vaultwright/source", "scripts/check/packages.ts"],
  },
  {
    title: "a changeset for what users notice",
    command: ["node", "scripts/check/changeset.ts"],
    repair: "npx changeset",
  },
];
