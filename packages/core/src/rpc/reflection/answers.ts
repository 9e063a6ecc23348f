import { ServerReflectionRequest, ServerReflectionResponse } from "../../gen/grpc/reflection/v1/reflection.ts";
import { RpcError, type Status, statusCodes } from "../status.ts";
import { type DescriptorIndex, indexDescriptors } from "./descriptor-index.ts";

/** What is told of a server. */
export interface Reflected {
  /** Full names of the services, in order. */
  readonly listed: readonly string[];
  readonly descriptors: Uint8Array;
}

type Answer = Omit<ServerReflectionResponse, "validHost" | "originalRequest">;

/** Answers the questions of one stream. A file that another one needs is sent once in it, as by Go's server. */
export async function* answerAll(
  requests: AsyncIterable<Uint8Array>,
  { listed, descriptors }: Reflected,
): AsyncGenerator<Uint8Array> {
  const index = indexDescriptors(descriptors);
  const sent = new Set<string>();
  for await (const bytes of requests) {
    const request = ServerReflectionRequest.decode(bytes);
    const answer = answerOne(request, { index, listed, sent });
    yield ServerReflectionResponse.encode({ ...answer, validHost: request.host, originalRequest: request }).finish();
  }
}

interface Known {
  readonly index: DescriptorIndex;
  readonly listed: readonly string[];
  readonly sent: Set<string>;
}

function answerOne(request: ServerReflectionRequest, { index, listed, sent }: Known): Answer {
  const { fileByFilename, fileContainingSymbol, fileContainingExtension, allExtensionNumbersOfType } = request;
  if (request.listServices !== undefined) {
    return { listServicesResponse: { service: listed.map((name) => ({ name })) } };
  }
  if (fileByFilename !== undefined) {
    return filesFrom(fileByFilename, index, sent) ?? refusal("not-found", `no file ${fileByFilename}`);
  }
  if (fileContainingSymbol !== undefined) {
    const file = index.fileOf(fileContainingSymbol);
    return filesFrom(file, index, sent) ?? refusal("not-found", `no symbol ${fileContainingSymbol}`);
  }
  if (fileContainingExtension !== undefined) {
    // Messages of version 3 of the language, which all of ours are, have no extensions.
    const { containingType, extensionNumber } = fileContainingExtension;
    return refusal("not-found", `no extension ${extensionNumber} of ${containingType}`);
  }
  if (allExtensionNumbersOfType !== undefined) {
    if (!index.isMessage(allExtensionNumbersOfType)) {
      return refusal("not-found", `no message ${allExtensionNumbersOfType}`);
    }
    return { allExtensionNumbersResponse: { baseTypeName: allExtensionNumbersOfType, extensionNumber: [] } };
  }
  throw new RpcError("invalid-argument", "reflection request without a question");
}

/** Gives a file with those that it needs, but of these none that the stream had before. */
function filesFrom(name: string | undefined, index: DescriptorIndex, sent: Set<string>): Answer | undefined {
  const first = name === undefined ? undefined : index.file(name);
  if (!first) return undefined;
  const fileDescriptorProto: Uint8Array[] = [];
  const waiting = [first];
  for (const file of waiting) {
    if (file !== first && sent.has(file.name)) continue;
    sent.add(file.name);
    fileDescriptorProto.push(file.bytes);
    for (const needed of file.dependencies) {
      const next = index.file(needed);
      if (next && !waiting.includes(next)) waiting.push(next);
    }
  }
  return { fileDescriptorResponse: { fileDescriptorProto } };
}

function refusal(status: Status, errorMessage: string): Answer {
  return { errorResponse: { errorCode: statusCodes[status], errorMessage } };
}
