import assert from "node:assert/strict";
import { test } from "node:test";
import * as health from "../../src/gen/grpc/health/v1/health.ts";
import * as identity from "../../src/gen/logical/identity.ts";
import * as pluginEnvironment from "../../src/gen/logical/plugin.ts";
import * as version from "../../src/gen/logical/version.ts";
import * as backend from "../../src/gen/pb/backend.ts";
import * as events from "../../src/gen/pb/events.ts";
import * as storage from "../../src/gen/pb/storage.ts";
import * as system from "../../src/gen/pb/system-view.ts";
import * as broker from "../../src/gen/plugin/broker.ts";
import * as controller from "../../src/gen/plugin/controller.ts";
import * as stdio from "../../src/gen/plugin/stdio.ts";
import * as multiplexing from "../../src/gen/pluginutil/multiplexing.ts";
import { requestFromWire } from "../../src/wire/request.ts";
import type { Codec } from "./full.ts";
import * as samples from "./samples.ts";

const modules = { backend, broker, controller, events, health, identity, multiplexing };
const others = { pluginEnvironment, stdio, storage, system, version };

/** Field 1015 as a number, as eight bytes, as a text, and as four bytes: every kind of field that a newer host may add. */
const unknown = Buffer.from(["f83f01", "f93f0102030405060708", "fa3f0161", "fd3f01020304"].join(""), "hex");

const codecs = Object.values({ ...modules, ...others })
  .flatMap((module) => Object.entries(module as Readonly<Record<string, unknown>>))
  .filter((entry): entry is [string, Codec<object>] => "encode" in Object(entry[1]));

for (const [name, codec] of codecs) {
  test(`what is not known in ${name} is ignored [W125]`, () => {
    assert.deepEqual(codec.decode(Uint8Array.from(unknown)), codec.decode(new Uint8Array()));
  });
}

test("what is not known between known fields, and inside them, is ignored [W125]", () => {
  const whole = backend.Request.encode(samples.request).finish();
  const secret = Buffer.concat([backend.Secret.encode(samples.secret).finish(), unknown]);
  // Field 6 is the secret; the last of several counts where they differ, and these add up to the same.
  const nested = Buffer.concat([Buffer.from([(6 << 3) | 2, secret.length]), secret]);
  assert.ok(secret.length < 128);

  const read = backend.Request.decode(Uint8Array.from(Buffer.concat([unknown, nested, unknown, whole, unknown])));

  assert.deepEqual(requestFromWire(read), requestFromWire(samples.request));
});
