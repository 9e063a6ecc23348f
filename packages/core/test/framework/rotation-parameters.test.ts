import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  LogicalError,
  type Request,
  type RotationJob,
  rotationParameters,
  type SystemView,
  UnsupportedOperation,
} from "../../src/index.ts";
import { createTestSystem } from "../../src/testing/index.ts";

const { none, parse, register, toData } = rotationParameters;

describe("rotation parameters", () => {
  test("keep what a request leaves out", () => {
    const current = { ...none, schedule: "0 0 * * *", window: 3600 };

    assert.deepEqual(parse({ disable_automated_rotation: true }, current), { ...current, isDisabled: true });
    assert.deepEqual(parse({}), none);
  });

  test("are shown as far as they are set", () => {
    assert.deepEqual(toData({ ...none, schedule: "0 0 * * *", window: 3600 }), {
      ...{ disable_automated_rotation: false, rotation_policy: "" },
      ...{ rotation_schedule: "0 0 * * *", rotation_window: 3600 },
    });
    assert.deepEqual(toData({ ...none, period: 60 }), {
      ...{ disable_automated_rotation: false, rotation_policy: "", rotation_period: 60 },
    });
  });

  const refused = [
    [
      { rotation_schedule: "* * * * *", rotation_period: 60 },
      "mutually exclusive fields rotation_schedule and rotation_period were both specified; only one of them can be provided",
    ],
    [{ rotation_window: 60, rotation_period: 60 }, "rotation_window does not apply to period"],
    [{ rotation_window: 60 }, "cannot use rotation_window without rotation_schedule"],
  ] as const;
  for (const [given, message] of refused)
    test(`are refused: ${message}`, () => {
      assert.throws(() => parse(given), { kind: "user", message });
    });

  test("take a zero for nothing", () => {
    assert.deepEqual(parse({ rotation_schedule: "", rotation_window: 0, rotation_period: 60 }), {
      ...none,
      period: 60,
    });
  });
});

describe("schedules", () => {
  const fine = [
    "* * * * *",
    " 0  0 1-7 jan,Feb MON ",
    "*/15 ? 1/2 1-12/3 sun-sat",
    "CRON_TZ=Asia/Tokyo 0 0 * * *",
    ", * * * *",
  ];
  for (const schedule of fine)
    test(`may be ${schedule}`, () => {
      assert.equal(parse({ rotation_schedule: schedule }).schedule, schedule);
    });

  const faulty = [
    ["* * * *", "expected exactly 5 fields, found 4: [* * * *]"],
    ["@daily", "parser does not accept descriptors: @daily"],
    ["60 * * * *", "end of range (60) above maximum (59): 60"],
    ["* * 0 * *", "beginning of range (0) below minimum (1): 0"],
    ["5-1 * * * *", "beginning of range (5) beyond end of range (1): 5-1"],
    ["*/0 * * * *", "step of range should be a positive number: */0"],
    ["1-2-3 * * * *", "too many hyphens: 1-2-3"],
    ["1/2/3 * * * *", "too many slashes: 1/2/3"],
    ["a * * * *", 'failed to parse int from a: strconv.Atoi: parsing "a": invalid syntax'],
    ["-1 * * * *", 'failed to parse int from : strconv.Atoi: parsing "": invalid syntax'],
    [
      "99999999999999999999 * * * *",
      'failed to parse int from 99999999999999999999: strconv.Atoi: parsing "99999999999999999999": value out of range',
    ],
    ["*/-1 * * * *", "negative number (-1) not allowed: -1"],
    ["TZ=No/Where * * * * *", "provided bad location No/Where: unknown time zone No/Where"],
  ] as const;
  for (const [schedule, fault] of faulty)
    test(`may not be ${schedule}`, () => {
      assert.throws(() => parse({ rotation_schedule: schedule }), {
        kind: "user",
        message: `failed to parse provided rotation_schedule: ${fault}`,
      });
    });
});

describe("rotation jobs", () => {
  const request: Request = { id: "r1", operation: "update", path: "config", mountPoint: "db/" };

  /** A host that keeps jobs, or refuses them. */
  function host(failure?: LogicalError) {
    const calls: unknown[] = [];
    const answer = async (call: unknown) => {
      calls.push(call);
      if (failure) throw failure;
      return "id1";
    };
    const system: SystemView = {
      ...createTestSystem(),
      registerRotationJob: (job: RotationJob) => answer(job),
      async deregisterRotationJob(job) {
        await answer(job);
      },
    };
    return { calls, system };
  }

  test("are registered for the path that asks", async () => {
    const { calls, system } = host();

    assert.equal(await register({ ...none, period: 60, policy: "p" }, "root", { system, request }), "id1");

    assert.deepEqual(calls, [
      { name: "root", mountPoint: "db/", path: "config", schedule: "", window: 0, period: 60, policy: "p" },
    ]);
  });

  test("are withdrawn where none is asked for, or they are disabled", async () => {
    const { calls, system } = host();

    await register(none, "root", { system, request });
    await register({ ...none, period: 60, isDisabled: true }, "root", { system, request });

    const job = { mountPoint: "db/", path: "config" };
    assert.deepEqual(calls, [job, job]);
  });

  test("are refused in the host's words", async () => {
    const text = "rotation manager capabilities not supported in Vault community edition";
    const { system } = host(new LogicalError("unknown", text));

    await assert.rejects(register({ ...none, period: 60 }, "root", { system, request }), {
      kind: "user",
      message: `error registering rotation job: ${text}`,
    });
    await assert.rejects(register(none, "root", { system, request }), {
      kind: "user",
      message: `error deregistering rotation job: ${text}`,
    });
  });

  test("need not be withdrawn from a host that knows none", async () => {
    const { system } = host(new UnsupportedOperation());

    assert.equal(await register(none, "root", { system, request }), undefined);
    await assert.rejects(register({ ...none, period: 60 }, "root", { system, request }), {
      message: "error registering rotation job: unsupported operation",
    });
  });

  test("need a mount point and a path", async () => {
    const { system } = host();
    const { mountPoint: _, ...nowhere } = request;

    await assert.rejects(register({ ...none, period: 60 }, "root", { system, request: nowhere }), {
      message: "error validating rotation job: MountPoint is required",
    });
    await assert.rejects(register({ ...none, period: 60 }, "root", { system, request: { ...request, path: "" } }), {
      message: "error validating rotation job: ReqPath is required",
    });
  });
});
