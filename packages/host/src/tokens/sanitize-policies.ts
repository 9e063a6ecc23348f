/** Brings names of policies into the form in which tokens have them: lower case, sorted, each once, `root` alone. */
export function sanitizePolicies(names: readonly string[], options: { readonly addDefault: boolean }): string[] {
  const clean = names.map((name) => name.trim().toLowerCase()).filter((name) => name !== "");
  if (clean.includes("root")) return ["root"];
  if (options.addDefault) clean.push("default");
  return [...new Set(clean)].sort();
}
