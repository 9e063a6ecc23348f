import { isoDate } from "../revision.ts";
import { expect, type Release } from "./release.ts";

interface Statement {
  readonly _type: string;
  readonly predicateType: string;
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
  readonly predicate: {
    readonly buildDefinition: {
      readonly internalParameters: { readonly SOURCE_DATE_EPOCH: number };
      readonly resolvedDependencies: readonly {
        readonly uri: string;
        readonly digest: Readonly<Record<string, string>>;
      }[];
    };
  };
}

/** What a release's statement of provenance says. */
export interface Origin {
  readonly commit: string;
  readonly date: string;
  readonly subjects: ReadonlyMap<string, string>;
  /** What it was built from, by URL. */
  readonly materials: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/** Reads the statement of provenance. */
export function readStatement({ text }: Release): Origin {
  const statement: Statement = JSON.parse(text("_provenance.json"));
  expect(statement._type === "https://in-toto.io/Statement/v1", "the statement of provenance has another form");
  expect(statement.predicateType === "https://slsa.dev/provenance/v1", "the statement is not SLSA's");
  const { internalParameters, resolvedDependencies } = statement.predicate.buildDefinition;
  const [source] = resolvedDependencies;
  const commit = source?.digest["gitCommit"];
  expect(commit !== undefined, "the statement of provenance names no commit");
  return {
    commit,
    date: isoDate(new Date(internalParameters.SOURCE_DATE_EPOCH * 1000)),
    subjects: new Map(statement.subject.map(({ name, digest }) => [name, digest.sha256])),
    materials: new Map(resolvedDependencies.map(({ uri, digest }) => [uri, digest])),
  };
}

/** Compares the files that the statement is about with their checksums; all but itself must be there. */
export async function checkProvenance(release: Release): Promise<string> {
  const { commit, date, subjects } = readStatement(release);
  for (const [file, hash] of release.checksums)
    if (file !== `${release.name}_provenance.json`)
      expect(subjects.get(file) === hash, `the statement of provenance is not about this ${file}`);
  return `${subjects.size} files of commit ${commit}, ${date}`;
}
