import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../project.ts";
import { sha256 } from "./checksums.ts";
import { type Contents, hexOfIntegrity, npmUrl } from "./contents.ts";
import { runtimesSource } from "./runtimes.ts";

/** A file that a statement is about. */
export interface Subject {
  readonly name: string;
  readonly sha256: string;
}

/** Writes the statement of what a release was built from, and where: in-toto's form with SLSA's predicate. */
export function writeProvenance(contents: Contents, subjects: readonly Subject[], environment = process.env): string {
  const { plugin, revision, binaries, components, systemParts } = contents;
  const source = sourceUrl(environment);
  const lockfiles = [join(root, "package-lock.json"), join(runtimesSource, "package-lock.json")];
  const statement = {
    _type: "https://in-toto.io/Statement/v1",
    subject: subjects.map(({ name, sha256: digest }) => ({ name, digest: { sha256: digest } })),
    predicateType: "https://slsa.dev/provenance/v1",
    predicate: {
      buildDefinition: {
        buildType: "urn:vaultwright:release-build:v1",
        externalParameters: {
          source,
          command: "npm run release:build",
          plugin: plugin.name,
          targets: binaries.map(({ target }) => target.name),
        },
        internalParameters: { SOURCE_DATE_EPOCH: revision.date.getTime() / 1000 },
        resolvedDependencies: [
          { uri: source, digest: { gitCommit: revision.commit } },
          ...lockfiles.map((file) => ({
            uri: `${source}#${file.slice(root.length + 1).replaceAll("\\", "/")}`,
            digest: { sha256: sha256(readFileSync(file)) },
          })),
          ...systemParts.map(({ purl, hash }) => ({
            uri: purl,
            digest: { [hash.algorithm.replace("-", "").toLowerCase()]: hash.hex },
          })),
          ...components.flatMap(({ name, version, integrity }) =>
            integrity === undefined
              ? []
              : [{ uri: npmUrl(name, version), digest: { sha512: hexOfIntegrity(integrity) } }],
          ),
        ],
      },
      runDetails: runDetails(environment),
    },
  };
  return `${JSON.stringify(statement, undefined, 2)}\n`;
}

/** Where the sources are: what GitHub says of the repository that it builds, elsewhere no more than that it was git. */
function sourceUrl(environment: NodeJS.ProcessEnv): string {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = environment;
  return server === undefined || repository === undefined ? "git+file:." : `git+${server}/${repository}`;
}

function runDetails(environment: NodeJS.ProcessEnv): object {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  const workflow = environment["GITHUB_WORKFLOW_REF"];
  if (server === undefined || workflow === undefined) return { builder: { id: "urn:vaultwright:local-build" } };
  return {
    builder: { id: `${server}/${workflow}` },
    metadata: { invocationId: `${server}/${repository}/actions/runs/${run}` },
  };
}
