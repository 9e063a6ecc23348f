import { expect, type Release } from "./release.ts";
import { readStatement } from "./statement.ts";

interface BillComponent {
  readonly type: string;
  readonly name: string;
  readonly version?: string;
  readonly purl?: string;
  readonly licenses?: readonly unknown[];
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly components?: readonly BillComponent[];
}

interface Bill {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly metadata: { readonly component: BillComponent };
  readonly components: readonly BillComponent[];
}

/** Compares the bill of materials with the binaries, and with what the statement of provenance says was used. */
export async function checkBill(release: Release): Promise<string> {
  const { register, binaries } = release;
  const bill: Bill = JSON.parse(release.text(".cdx.json"));
  expect(bill.bomFormat === "CycloneDX" && bill.specVersion === "1.6", "the bill of materials has another form");
  const { component } = bill.metadata;
  expect(
    component.name === register.name && `v${component.version}` === register.version,
    `the bill of materials is of ${component.name} ${component.version}`,
  );
  const files = new Map(component.components?.map((file) => [file.name, file.hashes?.[0]?.content]));
  for (const { file, sha256 } of binaries)
    expect(files.get(file) === sha256, `the bill of materials is not of this ${file}`);
  for (const item of bill.components) checkItem(item);
  checkMaterials(bill, release);
  checkRuntimes(bill, release);
  const inner = bill.components.flatMap(({ components = [] }) => components.map(({ name }) => name));
  return `${bill.components.length} components, and ${new Set(inner).size} within the runtimes`;
}

function checkItem({ name, version, purl, licenses = [], components = [] }: BillComponent): void {
  expect(version !== undefined && purl !== undefined, `${name} in the bill of materials has no version or address`);
  for (const item of [{ name, licenses }, ...components])
    expect((item.licenses ?? []).length > 0, `${item.name} in the bill of materials has no licence`);
}

/** What has a hash is exactly what was used. */
function checkMaterials({ components }: Bill, release: Release): void {
  const { materials } = readStatement(release);
  const used = [...materials].filter(([uri]) => uri.startsWith("pkg:"));
  for (const [uri, digest] of used) {
    const hash = components.find(({ purl }) => purl === uri)?.hashes?.[0]?.content;
    expect(Object.values(digest)[0] === hash, `${uri} was used and is not in the bill of materials with that hash`);
  }
  const hashed = components.filter(({ hashes = [] }) => hashes.length > 0);
  expect(hashed.length === used.length, "the bill of materials has packages that were not used");
}

function checkRuntimes({ components }: Bill, { binaries }: Release): void {
  for (const { target } of binaries) {
    const runtime = components.find(({ name }) => name === target.runtime);
    expect(runtime?.components !== undefined, `the runtime of ${target.name} is not in the bill of materials`);
    const hasLibrary = components.some(({ name, purl }) => name === "glibc" && purl?.endsWith(`arch=${target.arch}`));
    expect(!target.isPortable || hasLibrary, `the C library of ${target.name} is not in the bill of materials`);
  }
}
