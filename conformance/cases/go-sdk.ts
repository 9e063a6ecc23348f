import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { GoAnswer, GoHost } from "../hosts/go-sdk.ts";
import { eventually, isAlive } from "../processes.ts";
import { verifies } from "../verifies.ts";

const failures: Readonly<Record<string, GoAnswer["error"]>> = {
  unknown: { type: "*errors.errorString", text: "the text of unknown", sentinel: "" },
  internal: { type: "errutil.InternalError", text: "the text of internal", sentinel: "" },
  coded: { type: "*logical.codedError", text: "the text of coded", sentinel: "", code: 418 },
  "bad-request": { type: "*logical.StatusBadRequest", text: "the text of bad-request", sentinel: "" },
  "unsupported-operation": {
    type: "*errors.errorString",
    text: "unsupported operation",
    sentinel: "ErrUnsupportedOperation",
  },
  "unsupported-path": { type: "*errors.errorString", text: "unsupported path", sentinel: "ErrUnsupportedPath" },
  "invalid-request": { type: "*errors.errorString", text: "invalid request", sentinel: "ErrInvalidRequest" },
  "permission-denied": { type: "*errors.errorString", text: "permission denied", sentinel: "ErrPermissionDenied" },
  "multi-authz-pending": {
    type: "*errors.errorString",
    text: "request needs further approval",
    sentinel: "ErrMultiAuthzPending",
  },
  unrecoverable: { type: "*errors.errorString", text: "unrecoverable error", sentinel: "ErrUnrecoverable" },
};

/** What Vault's SDK must see of the mock plugin; `one` and `two` are mounts in the same process. */
export function goSdkCases(host: () => GoHost): void {
  const request = (operation: string, path: string, data?: unknown, mount = "one"): Promise<GoAnswer> =>
    host().call({ call: "request", mount, operation, path, ...(data === undefined ? {} : { data }) });

  describe("the process", () => {
    test("speaks version 5 over gRPC and serves many mounts", async () => {
      const { version, protocol, multiplexed, exited } = await host().call({ call: "process" });

      assert.deepEqual(
        { version, protocol, multiplexed, exited },
        { version: 5, protocol: "grpc", multiplexed: true, exited: false },
      );
      assert.equal((await host().call({ call: "ping" })).error, undefined);
    });

    test("keeps its mounts apart", async () => {
      await request("update", "values/x", { value: "of one" });

      assert.deepEqual(dataOf(await request("read", "values/x")), { value: "of one" });
      assert.equal((await request("read", "values/x", undefined, "two")).value, null);
    });

    test("tells type, version and special paths of a mount", async () => {
      assert.equal((await host().call({ call: "type", mount: "one" })).value, "secret");
      assert.equal((await host().call({ call: "version", mount: "one" })).value, "v0.0.1");
      const special = (await host().call({ call: "special", mount: "one" })).value;
      assert.deepEqual([at(special, "SealWrapStorage"), at(special, "LocalStorage")], [["storage/"], ["local/"]]);
    });
  });

  describe("a mount", () => {
    test("is initialized, told of changed keys, and cleaned up", async () => {
      const mount = "short-lived";
      await host().call({ call: "setup", mount });
      await host().call({ call: "initialize", mount });
      await host().call({ call: "invalidate", mount, key: "values/a" });

      const diary = dataOf(await request("read", "diary", undefined, mount));

      assert.deepEqual(diary, { lines: ["initialized", "invalidated values/a"] });
      assert.equal((await host().call({ call: "cleanup", mount })).error, undefined);
      await eventually("the log line of the cleanup", () =>
        host()
          .logs()
          .some((line) => line.includes("cleaned up")),
      );
    });

    test("is replaced, with its state, by another setup of the same id", async () => {
      verifies("W77");
      const mount = "replaced";
      for (const _ of [1, 2]) {
        await host().call({ call: "setup", mount });
        assert.equal(at(dataOf(await request("read", "counter", undefined, mount)), "calls"), 1);
      }
    });

    test("ends alone, and nothing answers for it afterwards", async () => {
      verifies("W74");
      const mount = "ended";
      await host().call({ call: "setup", mount });
      const { pid } = await host().call({ call: "process" });
      await host().call({ call: "cleanup", mount });

      const { error } = await request("read", "counter", undefined, mount);

      assert.equal(error?.grpc, "Unknown");
      assert.match(error?.text ?? "", /no backend instance found/);
      assert.equal(at(dataOf(await request("read", "counter")), "pid"), pid);
    });

    test("can be set up and cleaned up many times", async () => {
      verifies("W86");
      const { pid } = await host().call({ call: "process" });
      for (let cycle = 0; cycle < 50; cycle += 1) {
        const mount = `cycle-${cycle}`;
        assert.equal((await host().call({ call: "setup", mount })).error, undefined);
        assert.equal((await host().call({ call: "cleanup", mount })).error, undefined);
      }

      assert.equal(at(dataOf(await request("read", "counter")), "pid"), pid);
    });

    test("has nothing to roll back where it keeps no log, and has help", async () => {
      verifies("S50", "W115");
      const { value, error } = await request("rollback", "");
      assert.deepEqual([value, error], [null, undefined]);
      const help = dataOf(await request("help", "counter"));
      assert.deepEqual(Object.keys(Object(help)).sort(), ["help", "openapi", "see_also"]);
    });

    test("has no existence check where its path has none", async () => {
      verifies("W114");
      const answer = await host().call({ call: "exists", mount: "one", operation: "create", path: "values/a" });

      assert.deepEqual(answer.value, [false, false]);
    });

    test("uses every call of the host's storage", async () => {
      verifies("W118", "W119");
      const data = dataOf(await request("update", "storage"));

      assert.deepEqual(data, {
        value: "AAH+/w==",
        // The SDK's storage in memory forgets it.
        sealWrap: false,
        missing: true,
        all: ["a", "b", "c", "d/"],
        page: ["b", "c"],
        unlimited: ["c", "d/"],
        // Vault has no transactions.
        failed: "kept",
        left: ["b", "c", "d/", "failed"],
      });
    });

    test("asks the host everything", async () => {
      const data = dataOf(await request("update", "system", { entity: "entity" }));

      const value = (name: string): unknown => at(at(data, name), "value");
      assert.equal(value("defaultLeaseTtl"), 5400);
      assert.equal(value("maxLeaseTtl"), 172_800);
      assert.equal(value("isTainted"), false);
      assert.equal(value("isCachingDisabled"), true);
      assert.equal(value("isLocalMount"), true);
      assert.equal(value("generatePassword"), "generated");
      assert.equal(at(value("clusterInfo"), "id"), "cluster");
      assert.equal(at(value("pluginEnvironment"), "version"), "1.2.3");
      assert.deepEqual([at(value("entity"), "name"), at(value("entity"), "metadata")], ["ann", { team: "a" }]);
      assert.equal(at(at(value("groupsOfEntity"), "0"), "name"), "admins");
    });

    test("learns the host's own words where it refuses", async () => {
      const data = dataOf(await request("update", "system"));

      for (const name of ["wrapData", "identityToken", "rotationInformation", "registerRotationJob"]) {
        assert.match(String(at(at(data, name), "message")), /is not implemented in StaticSystemView/, name);
      }
    });

    test("sends events and observations", async () => {
      await request("update", "events", { type: "mock/sent" });

      const expected = [
        'event mock/sent {"a":"b","nested":{"n":1}} a note',
        'observation mock/sent {"a":"b","list":[1,true,null]}',
      ];
      // They leave in the background, each kind on its own.
      await eventually("both in the host", async () => {
        const { sent } = await host().call({ call: "sent" });
        return Array.isArray(sent) && JSON.stringify([...sent].sort()) === JSON.stringify(expected);
      });
    });

    test("answers with headers, warnings and raw bodies", async () => {
      verifies("W108", "W109");
      const answer = await host().call({
        call: "request",
        mount: "one",
        operation: "update",
        path: "headers",
        data: { name: "x-asked" },
        headers: { "X-Asked": ["a", "b"] },
      });

      assert.deepEqual(dataOf(answer), { values: ["a", "b"] });
      assert.deepEqual(at(answer.value, "headers"), { "X-Mock": ["first", "second"] });
      assert.deepEqual(at(answer.value, "warnings"), ["a warning"]);
      const { http_raw_body: body, ...head } = Object(dataOf(await request("read", "raw", { status: 206 })));
      assert.deepEqual(head, {
        http_status_code: 206,
        http_content_type: "application/octet-stream",
        http_raw_cache_control: "no-store",
      });
      assert.equal(body, Buffer.of(0, 1, 254, 255).toString("base64"));
    });

    test("answers with 16 MiB", async () => {
      const data = dataOf(await request("update", "large", { length: 16 * 1024 * 1024 }));

      assert.equal(String(at(data, "text")).length, 16 * 1024 * 1024);
    });
  });

  describe("a failure", () => {
    for (const [kind, expected] of Object.entries(failures)) {
      test(`of kind ${kind} has its own type in Go`, async () => {
        verifies("W100", "W101");
        const { error, value } = await request("read", `failures/${kind}`);

        assert.deepEqual([error, value], [expected, null]);
      });
    }

    test("of a user is a response with its text, and no error", async () => {
      verifies("W104");
      const answer = await request("read", "failures/user");

      assert.deepEqual([dataOf(answer), answer.error], [{ error: "the text of user" }, undefined]);
    });

    test("of a handler says nothing of what happened", async () => {
      const { error } = await request("read", "failure");

      assert.equal(error?.type, "errutil.InternalError");
      assert.doesNotMatch(error?.text ?? "", /inner details/);
    });
  });

  describe("a cancelled call", () => {
    test("aborts the handler and its call of the storage", async () => {
      verifies("W116");
      const mount = "cancelled";
      await host().call({ call: "setup", mount });

      const { error } = await host().call({
        call: "request",
        mount,
        operation: "update",
        path: "wait",
        data: { storage: true },
        cancel_ms: 200,
      });

      assert.equal(error?.grpc, "Canceled");
      await eventually("the end of the handler", async () =>
        JSON.stringify(dataOf(await request("read", "diary", undefined, mount))).includes("aborted"),
      );
    });
  });

  describe("an exception that nobody catches", () => {
    test("ends the process, with its text in the host's log", async () => {
      verifies("W133");
      const { pid } = await host().call({ call: "process" });

      await request("update", "crash");

      await eventually(
        "the end of the process",
        async () => (await host().call({ call: "process" }))["exited"] === true,
      );
      assert.equal(isAlive(Number(pid)), false);
      const crash = /"@level":"error","@message":"panic: [^"]*deliberate crash/;
      await eventually("the crash in the host's log", () => crash.test(host().logs().join("\n")));
    });
  });
}

function dataOf(answer: GoAnswer): unknown {
  assert.equal(answer.error, undefined, JSON.stringify(answer.error));
  return at(answer.value, "data");
}

function at(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
