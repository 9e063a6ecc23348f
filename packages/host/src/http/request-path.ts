import { Failure } from "../requests/failure.ts";

const prefix = "/v1/";

/** What a request line names, or where to go instead when its path is not written as it should be. */
export interface Target {
  /** Decoded, below `/v1/`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly redirect?: string;
}

/**
 * Reads the target of a request line. Hosts send clients on from paths with empty, `.` and `..` segments, so that policies
 * are never asked about two spellings of one path; encoded dots are no such segments but text.
 */
export function targetOf(url: string): Target {
  const [, rest = url] = /^https?:\/\/[^/]*(\/.*)$/i.exec(url) ?? [];
  const [written = "", ...queries] = rest.split("?");
  if (!written.startsWith("/")) throw new Failure(404, []);
  const clean = cleanPath(written);
  const search = queries.length === 0 ? "" : `?${queries.join("?")}`;
  // A browser takes a backslash for a slash, and two of those at the start for another host.
  if (clean !== written)
    return { path: "", query: new URLSearchParams(), redirect: `${clean.replaceAll("\\", "%5C")}${search}` };
  if (!written.startsWith(prefix)) throw new Failure(404, []);
  return { path: decoded(written.slice(prefix.length)), query: new URLSearchParams(search) };
}

function cleanPath(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(segment);
  }
  const end = kept.length > 0 && /\/\.{0,2}$/.test(path) ? "/" : "";
  return `/${kept.join("/")}${end}`;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path).replace(/^\/+/, "");
  } catch (cause) {
    throw new Failure(400, ["the path is not valid"], { cause });
  }
}
