import type { Data } from "@vaultwright/core/launch";
import type { HostResponse } from "../requests/context.ts";
import type { ApiFields } from "./route.ts";

/** What a client sent to a path, the parts of the path, and what the path takes. */
interface Sent {
  readonly sent: Data;
  readonly params: Readonly<Record<string, string>>;
  readonly fields: ApiFields;
}

/** Tells a client what of its parameters was not looked at, and what the path itself said otherwise. */
export function withParameterWarnings(response: HostResponse, { sent, params, fields }: Sent): HostResponse {
  const names = Object.keys(sent);
  const isKnown = (name: string): boolean =>
    fields === "any" || Object.hasOwn(fields, name) || Object.hasOwn(params, name);
  const ignored = names.filter((name) => !isKnown(name)).sort();
  const replaced = names.filter((name) => Object.hasOwn(params, name) && sent[name] !== null);
  if (ignored.length === 0 && replaced.length === 0) return response;
  const warnings = [
    ...(ignored.length > 0 ? [`Endpoint ignored these unrecognized parameters: [${ignored.join(" ")}]`] : []),
    ...(replaced.length > 0
      ? [
          "Endpoint replaced the value of these parameters with the values captured from the endpoint's path: " +
            `[${replaced.join(" ")}]`,
        ]
      : []),
  ];
  return { ...response, warnings: [...(response.warnings ?? []), ...warnings] };
}
