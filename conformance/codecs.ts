import * as health from "../packages/core/src/gen/grpc/health/v1/health.ts";
import * as event from "../packages/core/src/gen/logical/event.ts";
import * as identity from "../packages/core/src/gen/logical/identity.ts";
import * as environment from "../packages/core/src/gen/logical/plugin.ts";
import * as version from "../packages/core/src/gen/logical/version.ts";
import * as backend from "../packages/core/src/gen/pb/backend.ts";
import * as events from "../packages/core/src/gen/pb/events.ts";
import * as storage from "../packages/core/src/gen/pb/storage.ts";
import * as system from "../packages/core/src/gen/pb/system-view.ts";
import * as broker from "../packages/core/src/gen/plugin/broker.ts";
import * as controller from "../packages/core/src/gen/plugin/controller.ts";
import * as stdio from "../packages/core/src/gen/plugin/stdio.ts";
import * as multiplexing from "../packages/core/src/gen/pluginutil/multiplexing.ts";

/** Writes and reads one kind of message. */
export interface Codec<T> {
  encode(message: T): { finish(): Uint8Array };
  decode(bytes: Uint8Array): T;
}

const packages = {
  pb: [backend, events, storage, system],
  logical: [event, identity, environment, version],
  plugin: [broker, controller, stdio],
  "pluginutil.multiplexing": [multiplexing],
  "grpc.health.v1": [health],
};

/** All generated codecs by the full names of their messages; entries of maps are no messages of their own. */
export const codecs: ReadonlyMap<string, Codec<object>> = new Map(
  Object.entries(packages).flatMap(([name, modules]) =>
    modules.flatMap((module) =>
      Object.entries(module)
        .filter(([key, value]) => "encode" in value && !/_\w+Entry$/.test(key))
        // What has `encode` is a codec, and what it reads is what it is asked to write.
        .map(([key, value]): [string, Codec<object>] => [`${name}.${key.replace("_", ".")}`, value as Codec<object>]),
    ),
  ),
);
