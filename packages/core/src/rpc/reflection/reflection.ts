import type { MethodHandler, Service } from "../transport/transport.ts";

/** Gives the compiled descriptors of everything that a plugin serves, a `google.protobuf.FileDescriptorSet`. */
export type LoadDescriptors = () => Promise<Uint8Array>;

/** Both names of the service; their messages are equal on the wire. */
const names = ["grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"];

/**
 * Tells clients such as grpcurl what is served, as Go's plugins do. Hosts never ask, so nothing of it is loaded before
 * the first question.
 */
export function createReflection(services: readonly Service[], loadDescriptors: LoadDescriptors): Service {
  const served = services.flatMap((service) => [...service.keys()].map(serviceOf));
  const listed = [...new Set([...served, ...names])].sort();
  const method: MethodHandler = {
    kind: "stream",
    async *handle(requests) {
      const { answerAll } = await import("./answers.ts");
      yield* answerAll(requests, { listed, descriptors: await loadDescriptors() });
    },
  };
  return new Map(names.map((name) => [`/${name}/ServerReflectionInfo`, method]));
}

function serviceOf(path: string): string {
  return path.split("/")[1] ?? "";
}
