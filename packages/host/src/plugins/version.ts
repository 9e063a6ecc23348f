import { UserError } from "@vaultwright/core/launch";

const semantic = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/** Brings a version into the form in which hosts keep it, `vX.Y.Z`, also from `X` and `X.Y`; empty stays empty. */
export function normalVersion(text: string): string {
  if (text === "") return "";
  const parts = semantic.exec(text);
  if (parts === null)
    throw new UserError(`version ${JSON.stringify(text)} is not a valid semantic version: Malformed version: ${text}`);
  const [, major, minor = "0", patch = "0", prerelease = "", metadata = ""] = parts;
  return `v${major}.${minor}.${patch}${prerelease}${metadata}`;
}

/** Orders versions in the form of `normalVersion`: the older first, a prerelease before its release. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [semantic.exec(a), semantic.exec(b)];
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  for (const part of [1, 2, 3]) {
    const difference = Number(left[part]) - Number(right[part]);
    if (difference !== 0) return difference;
  }
  if (left[4] === right[4]) return 0;
  if (left[4] === undefined || right[4] === undefined) return left[4] === undefined ? 1 : -1;
  return left[4].localeCompare(right[4], "en", { numeric: true });
}
