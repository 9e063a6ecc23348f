import { type AnySchema, entries, t } from "@vaultwright/core";

/** What is asked of a server, and what its answer must be. Durations are seconds. */
export interface Probe {
  readonly url: string;
  readonly method: "GET" | "HEAD" | "POST";
  readonly interval: number;
  readonly expected: readonly number[];
  readonly zones: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly contact?: string | undefined;
}

const defaults = { method: "GET", interval: 60, expected: [200, 204], zones: ["eu"], labels: {} } as const;

/** The fields that a probe is written with. */
export const probeFields = {
  url: t.string({ required: true, description: "Address that is asked.", display: { name: "URL" } }),
  method: t.oneOf(["GET", "HEAD", "POST"], { default: defaults.method, description: "How it is asked." }),
  interval: t.seconds({ default: "1m", description: "Time between two questions." }),
  expected: t.commaInts({ default: "200,204", description: "HTTP status that an answer may have." }),
  zones: t.commaStrings({ default: "eu", allowedValues: ["asia", "eu", "us"], description: "Where it is asked from." }),
  labels: t.pairs({ default: {}, description: "Whatever you want to find it by." }),
  contact: t.nameWithAt({ description: "Who is told when the answer is wrong." }),
  owner: t.nameWithAt({ deprecated: true, description: "The older name of contact." }),
};

/** Makes a probe of what is there: defaults stand for what an older version did not store, or a patch has cleared. */
export function probeOf(found: object): Probe | undefined {
  return "url" in found && typeof found.url === "string" ? { ...defaults, ...found, url: found.url } : undefined;
}

const schema: AnySchema<Probe> = {
  "~standard": {
    version: 1,
    vendor: "probes",
    validate(found) {
      const value = typeof found === "object" && found !== null ? probeOf(found) : undefined;
      return value ? { value } : { issues: [{ message: "is no text", path: ["url"] }] };
    },
  },
};

/** Where the probes are stored. */
export const probes = entries<Probe>("probe/", { schema });
