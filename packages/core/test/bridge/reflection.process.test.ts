import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { pluginCookie } from "../../src/bridge/cookie.ts";
import { hostVariables } from "../../src/bridge/host-variables.ts";
import { ServerReflectionDefinition as V1 } from "../../src/gen/grpc/reflection/v1/reflection.ts";
import { ServerReflectionDefinition as V1Alpha } from "../../src/gen/grpc/reflection/v1alpha/reflection.ts";
import { launchPlugin, type PluginProcess } from "../../src/rpc/launch.ts";
import { clientOf } from "../../src/rpc/service.ts";
import { runtimes } from "../rpc/fixture.ts";

const fixture = fileURLToPath(new URL("../fixtures/plugin.ts", import.meta.url));

type Question = Parameters<typeof V1.methods.serverReflectionInfo.requestType.encode>[0];

const services = [
  "grpc.health.v1.Health",
  "grpc.reflection.v1.ServerReflection",
  "grpc.reflection.v1alpha.ServerReflection",
  "logical.PluginVersion",
  "pb.Backend",
  "plugin.GRPCBroker",
  "plugin.GRPCController",
  "plugin.GRPCStdio",
  "pluginutil.multiplexing.PluginMultiplexing",
];

for (const { name, file } of runtimes) {
  let plugin: PluginProcess;

  async function ask(definition: typeof V1 | typeof V1Alpha, questions: readonly Omit<Question, "host">[]) {
    async function* requests() {
      for (const question of questions) yield { host: "asked", ...question };
    }
    return Array.fromAsync(clientOf(definition, plugin.channel).serverReflectionInfo(requests()));
  }

  for (const definition of [V1, V1Alpha]) {
    describe(`${definition.fullName} of a plugin on ${name}`, () => {
      before(async () => {
        plugin = await launchPlugin({
          file,
          args: ["--conditions=@vaultwright/source", fixture],
          env: hostVariables({ hostVersion: "1.21.4" }),
          cookie: pluginCookie,
          versions: [5],
        });
      });
      after(() => plugin.kill());

      async function filesFor(...questions: readonly Omit<Question, "host">[]) {
        const answers = await ask(definition, questions);
        return answers.map(({ fileDescriptorResponse }) =>
          fileDescriptorResponse?.fileDescriptorProto.map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes).name),
        );
      }

      async function refusalOf(question: Omit<Question, "host">) {
        const [answer] = await ask(definition, [question]);
        return answer?.errorResponse;
      }

      test("lists what is served, and repeats the question", async () => {
        const [answer] = await ask(definition, [{ listServices: "" }]);

        assert.deepEqual(
          answer?.listServicesResponse?.service.map((service) => service.name),
          services,
        );
        assert.equal(answer?.validHost, "asked");
        assert.equal(answer?.originalRequest?.listServices, "");
      });

      test("describes every service that it lists", async () => {
        const described = await filesFor(...services.map((symbol) => ({ fileContainingSymbol: symbol })));

        assert.deepEqual(
          described.map((files) => files?.[0]),
          [
            "grpc/health/v1/health.proto",
            "grpc/reflection/v1/reflection.proto",
            "grpc/reflection/v1alpha/reflection.proto",
            "logical/version.proto",
            "pb/backend.proto",
            "plugin/broker.proto",
            "plugin/controller.proto",
            "plugin/stdio.proto",
            "pluginutil/multiplexing.proto",
          ],
        );
      });

      test("finds symbols of every kind", async () => {
        const symbols = [
          "pb.Backend.HandleRequest",
          "pb.HandleRequestArgs",
          "pb.HandleRequestArgs.storage_id",
          "grpc.health.v1.HealthCheckResponse.ServingStatus",
          "grpc.health.v1.HealthCheckResponse.SERVING",
        ];

        const described = await filesFor(...symbols.map((symbol) => ({ fileContainingSymbol: symbol })));

        const [backend, health] = ["pb/backend.proto", "grpc/health/v1/health.proto"];
        assert.deepEqual(
          described.map((files) => files?.[0]),
          [backend, backend, backend, health, health],
        );
      });

      test("sends what a file needs with it, once in a stream", async () => {
        const question = { fileByFilename: "plugin/stdio.proto" };

        assert.deepEqual(await filesFor(question, question, { fileByFilename: "google/protobuf/empty.proto" }), [
          ["plugin/stdio.proto", "google/protobuf/empty.proto"],
          ["plugin/stdio.proto"],
          ["google/protobuf/empty.proto"],
        ]);
      });

      test("says what it does not know", async () => {
        assert.deepEqual(await refusalOf({ fileByFilename: "no.proto" }), {
          errorCode: 5,
          errorMessage: "no file no.proto",
        });
        assert.deepEqual(await refusalOf({ fileContainingSymbol: "pb.None" }), {
          errorCode: 5,
          errorMessage: "no symbol pb.None",
        });
        const extension = { containingType: "pb.Request", extensionNumber: 100 };
        assert.deepEqual(await refusalOf({ fileContainingExtension: extension }), {
          errorCode: 5,
          errorMessage: "no extension 100 of pb.Request",
        });
        assert.deepEqual(await refusalOf({ allExtensionNumbersOfType: "pb.None" }), {
          errorCode: 5,
          errorMessage: "no message pb.None",
        });
      });

      test("knows that a message has no extensions", async () => {
        const [answer] = await ask(definition, [{ allExtensionNumbersOfType: "pb.Request" }]);

        assert.deepEqual(answer?.allExtensionNumbersResponse, { baseTypeName: "pb.Request", extensionNumber: [] });
      });

      test("ends a stream that asks nothing", async () => {
        await assert.rejects(ask(definition, [{}]), { status: "invalid-argument" });
      });
    });
  }
}
