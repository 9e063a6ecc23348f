import { checkBill } from "./bill.ts";
import { checkExecutables } from "./executables.ts";
import { checkArchives, checkHashes, checkSignatureOfSums, type SignaturePolicy } from "./files.ts";
import { checkImage } from "./image.ts";
import type { Release } from "./release.ts";
import { checkProvenance } from "./statement.ts";
import { checkInstructions, checkLicences } from "./texts.ts";
import { checkVersions } from "./versions.ts";

/** Something that is verified of a release: gives what was found, and throws where it is wrong. */
export interface Check {
  readonly title: string;
  run(release: Release, policy: SignaturePolicy): Promise<string>;
}

/** Everything that is verified of a release. */
export const checks: readonly Check[] = [
  { title: "hashes", run: checkHashes },
  { title: "signature", run: checkSignatureOfSums },
  { title: "executables", run: checkExecutables },
  { title: "archives", run: checkArchives },
  { title: "versions", run: checkVersions },
  { title: "bill of materials", run: checkBill },
  { title: "licences", run: checkLicences },
  { title: "provenance", run: checkProvenance },
  { title: "instructions", run: checkInstructions },
  { title: "image", run: checkImage },
];
