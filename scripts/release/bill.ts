import { createHash } from "node:crypto";
import { Enums, Models, Serialize, Spec } from "@cyclonedx/cyclonedx-library";
import type { Component } from "./components.ts";
import { type Binary, type Contents, hexOfIntegrity, npmUrl, type SystemPart } from "./contents.ts";

const { Application, File, Library, Platform } = Enums.ComponentType;

/** Writes the bill of materials of a plugin's release, CycloneDX 1.6 as JSON. */
export function writeBill(contents: Contents): string {
  const { plugin, revision, binaries, components, systemParts } = contents;
  const version = plugin.version.replace(/^v/, "");
  const main = new Models.Component(Application, plugin.name, {
    bomRef: plugin.name,
    version,
    purl: `pkg:generic/${plugin.name}@${version}`,
    licenses: licences("Apache-2.0"),
    properties: new Models.PropertyRepository([new Models.Property("commit", revision.commit)]),
    components: new Models.ComponentRepository(binaries.map(fileOf)),
  });
  const inside = [
    ...components.filter(({ name }) => name !== plugin.name).map(packageOf),
    ...systemParts.map(systemPartOf),
  ];
  for (const { bomRef } of inside) main.dependencies.add(bomRef);
  const bom = new Models.Bom({
    serialNumber: `urn:uuid:${stableUuid(`${plugin.name} ${version} ${revision.commit}`)}`,
    metadata: new Models.Metadata({ timestamp: revision.date, component: main }),
    components: new Models.ComponentRepository(inside),
  });
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

function fileOf({ file, sha256 }: Binary): Models.Component {
  const hashes = new Models.HashDictionary([[Enums.HashAlgorithm["SHA-256"], sha256]]);
  return new Models.Component(File, file, { bomRef: file, hashes });
}

function packageOf({ name, version, licence, integrity }: Component): Models.Component {
  const purl = npmUrl(name, version);
  const hashes = new Models.HashDictionary();
  if (integrity !== undefined) hashes.set(Enums.HashAlgorithm["SHA-512"], hexOfIntegrity(integrity));
  return new Models.Component(Library, name, { bomRef: purl, version, purl, hashes, licenses: licences(licence) });
}

function systemPartOf(part: SystemPart): Models.Component {
  const { name, version, purl, hash, licence, description } = part;
  const parts = part.parts.map(({ name: inner, url, licence: innerLicence }) => {
    const reference = new Models.ExternalReference(url, Enums.ExternalReferenceType.Website);
    return new Models.Component(Library, inner, {
      bomRef: `${purl}#${inner}`,
      licenses: licences(innerLicence),
      externalReferences: new Models.ExternalReferenceRepository([reference]),
    });
  });
  return new Models.Component(Platform, name, {
    bomRef: purl,
    version,
    purl,
    description,
    hashes: new Models.HashDictionary([[Enums.HashAlgorithm[hash.algorithm], hash.hex]]),
    licenses: licences(licence),
    components: new Models.ComponentRepository(parts),
  });
}

function licences(expression: string): Models.LicenseRepository {
  const isSingle = /^[\w.+-]+$/.test(expression);
  return new Models.LicenseRepository([
    isSingle ? new Models.SpdxLicense(expression) : new Models.LicenseExpression(expression),
  ]);
}

/** A UUID of version 8 made from a text, so that the same release has the same serial number. */
function stableUuid(text: string): string {
  const bytes = createHash("sha256").update(text).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
