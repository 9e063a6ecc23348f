import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LogicalError, path, secretsEngine, t, UserError } from "../../src/index.ts";
import { replyToWire } from "../../src/wire/reply.ts";
import { mounted } from "./sample.ts";

describe("warnings", () => {
  const sample = (acceptsAnything: boolean) =>
    path("x", {
      summary: "",
      fields: { known: t.string() },
      acceptsAnything,
      update({ request: { data = {} } }) {
        return data["quiet"] ? undefined : { data: { z: data["z"] }, warnings: ["own"] };
      },
    });

  test("name what had no effect, after those of the handler [S19]", async () => {
    const mount = await mounted([sample(false)]);

    const response = await mount.write("x", { z: 1, known: "", b: 2 });

    assert.deepEqual(response?.warnings, ["own", "Endpoint ignored these unrecognized parameters: [b z]"]);
  });

  test("name what a parameter replaced last [S22]", async () => {
    const named = path("y/:name", { summary: "", fields: { name: t.name() }, update: () => ({ warnings: ["own"] }) });
    const mount = await mounted([named]);

    const response = await mount.write("y/a", { name: "b", z: 1 });

    assert.deepEqual(response?.warnings, [
      "own",
      "Endpoint ignored these unrecognized parameters: [z]",
      "Endpoint replaced the value of these parameters with the values captured from the endpoint's path: [name]",
    ]);
  });

  test("are not added to a failure [S23]", async () => {
    const backend = secretsEngine({
      help: "",
      paths: [
        path("x", {
          summary: "",
          fields: {},
          update() {
            throw new UserError("no");
          },
        }),
      ],
    });
    const { call } = await mounted([]);
    const request = { id: "r1", operation: "update", path: "x", data: { z: 1 } } as const;

    const error: unknown = await backend.handleRequest(request, call()).catch((thrown: unknown) => thrown);

    const { response } = replyToWire({ error: LogicalError.from(error) });
    assert.deepEqual([response?.data, response?.warnings], ['{"error":"no"}', []]);
  });

  test("are not added to an empty answer [S20]", async () => {
    const mount = await mounted([sample(false)]);

    assert.equal(await mount.write("x", { quiet: true }), undefined);
  });

  test("are not added where anything is accepted, and seen in the request [S21]", async () => {
    const mount = await mounted([sample(true)]);

    assert.deepEqual(await mount.write("x", { z: 1 }), { data: { z: 1 }, warnings: ["own"] });
  });
});
