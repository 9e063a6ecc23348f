import { createFileRegistry, type DescFile, type DescMessage, fromBinary, toBinary } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

/** A compiled file, and the names of those that it imports. */
export interface CompiledFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly dependencies: readonly string[];
}

/** Finds compiled files. */
export interface DescriptorIndex {
  file(name: string): CompiledFile | undefined;
  /** The name of the file that declares a service, method, message, field, enum or enum value. */
  fileOf(symbol: string): string | undefined;
  isMessage(name: string): boolean;
}

/** Makes the index of a `google.protobuf.FileDescriptorSet`. */
export function indexDescriptors(descriptors: Uint8Array): DescriptorIndex {
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, descriptors));
  const files = new Map<string, CompiledFile>();
  const symbols = new Map<string, string>();
  for (const { proto } of registry.files) {
    files.set(proto.name, {
      name: proto.name,
      bytes: toBinary(FileDescriptorProtoSchema, proto),
      dependencies: proto.dependency,
    });
  }
  for (const file of registry.files) for (const symbol of symbolsOf(file)) symbols.set(symbol, file.proto.name);
  return {
    file: (name) => files.get(name),
    fileOf: (symbol) => symbols.get(symbol),
    isMessage: (name) => registry.getMessage(name) !== undefined,
  };
}

function symbolsOf(file: DescFile): readonly string[] {
  return [...nestedTypes(file)].flatMap((type) => {
    switch (type.kind) {
      case "message":
        return [type.typeName, ...membersOf(type)];
      case "enum": {
        // An enum's values are named beside it and not below it.
        const scope = type.typeName.slice(0, -type.name.length);
        return [type.typeName, ...type.values.map(({ name }) => scope + name)];
      }
      case "service":
        return [type.typeName, ...type.methods.map(({ name }) => `${type.typeName}.${name}`)];
      default:
        return [type.typeName];
    }
  });
}

function membersOf({ typeName, fields, oneofs }: DescMessage): readonly string[] {
  return [...fields, ...oneofs].map(({ name }) => `${typeName}.${name}`);
}
