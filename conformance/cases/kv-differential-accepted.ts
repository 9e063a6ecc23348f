import type { KvAnswer, KvRequest } from "./kv-differential-send.ts";

/** A difference between the plugin in Go and ours that is on purpose. */
export interface AcceptedDifference {
  readonly reason: string;
  isIt(request: KvRequest, go: KvAnswer, ours: KvAnswer): boolean;
}

/** All of them. What an operator could notice stands in the plugin's README too. */
export const acceptedDifferences: readonly AcceptedDifference[] = [
  {
    reason: "what is wrong with a path is the client's doing, so 400; Go says 500, or keeps a secret at `..`",
    isIt: ({ path }, _go, ours) => hasDots(path) && refuses(ours, "relative paths not supported"),
  },
  {
    reason: "the object of a write is looked at before its path on version 1",
    isIt: ({ path }, go, ours) => hasDots(path) && go.status === 500 && refuses(ours, "missing data fields"),
  },
  {
    reason: "a patch takes numbers and booleans as custom metadata, as a write does; Go cannot store what it then has",
    isIt: ({ method, path }, go, ours) =>
      method === "PATCH" &&
      path.startsWith("metadata/") &&
      /json: cannot unmarshal .* KeyMetadata.custom_metadata/.test(go.text) &&
      ours.status < 300,
  },
  {
    reason: "a number of versions in a patch that cannot be is the client's doing, so 400; Go says 500",
    isIt: ({ path }, go, ours) =>
      path.startsWith("metadata/") &&
      /json: cannot unmarshal .* KeyMetadata.max_versions/.test(go.text) &&
      (refuses(ours, "max_versions is too large") || refuses(ours, "max_versions must not be negative")),
  },
  {
    reason: "a number that no integer can hold is refused; Go takes for it what its processor makes of it",
    isIt: ({ body }, _go, ours) => /1e21|\d{19}/.test(body ?? "") && refuses(ours, "error converting input for field"),
  },
  {
    reason: "null as a patch of everything is the client's doing, so 400; Go says 500",
    isIt: ({ method, path, body }, go, ours) =>
      method === "PATCH" &&
      path.startsWith("data/") &&
      /"data":null/.test(body ?? "") &&
      go.status === 500 &&
      refuses(ours, "no data provided"),
  },
  {
    reason: "a list without objects stands for an object without members, and so it does in a patch; Go says 500",
    isIt: ({ method, path, body }, go, ours) =>
      method === "PATCH" &&
      path.startsWith("data/") &&
      /"data":\[/.test(body ?? "") &&
      go.text.includes("Invalid JSON Patch") &&
      ours.status === 200,
  },
  {
    reason: "a slash at the end of a path of subkeys changes nothing; Go finds the secret, and then no value of it",
    isIt: ({ path }, go, ours) =>
      /^subkeys\/[^?]*\/(\?|$)/.test(path) && go.text.includes("could not find version data") && ours.status !== 500,
  },
];

function hasDots(path: string): boolean {
  return /\.\.|%2e%2e/.test(path);
}

function refuses({ status, text }: KvAnswer, error: string): boolean {
  return status === 400 && text.includes(error);
}
