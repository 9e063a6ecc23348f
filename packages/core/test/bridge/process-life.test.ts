import assert from "node:assert/strict";
import { test } from "node:test";
import { PluginGone } from "../../src/bridge/plugin-gone.ts";
import { createProcessLife } from "../../src/bridge/process-life.ts";
import { RpcError } from "../../src/rpc/status.ts";

test("a call on a process that has ended is not made", async () => {
  const life = createProcessLife(Promise.resolve());
  await Promise.resolve();
  let isMade = false;

  const call = life.during(async () => {
    isMade = true;
  }, undefined);

  await assert.rejects(call, PluginGone);
  assert.equal(isMade, false);
});

test("a call that hangs ends with the process", async () => {
  const { promise: exited, resolve: exit } = Promise.withResolvers<void>();
  const call = createProcessLife(exited).during(() => new Promise(() => {}), undefined);

  exit();

  await assert.rejects(call, { name: "PluginGone", message: "plugin is shut down" });
});

test("a broken connection is explained by the end of the process that follows", async () => {
  const { promise: exited, resolve: exit } = Promise.withResolvers<void>();
  const failure = new RpcError("unavailable", "socket closed");
  const call = createProcessLife(exited).during(() => Promise.reject(failure), undefined);

  setImmediate(exit);

  await assert.rejects(call, { name: "PluginGone" });
});

test("a broken connection of a process that lives is a failure", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const life = createProcessLife(new Promise(() => {}));
  const call = life.during(() => Promise.reject(new RpcError("unavailable", "busy")), undefined);

  setImmediate(() => context.mock.timers.tick(2000));

  await assert.rejects(call, { kind: "unknown", message: "rpc error: code = Unavailable desc = busy" });
});

test("a status that the plugin answered is a failure with the text that hosts show", async () => {
  const life = createProcessLife(new Promise(() => {}));

  const call = life.during(() => Promise.reject(new RpcError("invalid-argument", "bad")), undefined);

  await assert.rejects(call, { kind: "unknown", message: "rpc error: code = InvalidArgument desc = bad" });
});

test("a call that was given up ends with the caller's reason", async () => {
  const life = createProcessLife(new Promise(() => {}));
  const controller = new AbortController();
  const call = life.during(() => Promise.reject(new RpcError("cancelled", "cancelled")), controller.signal);

  controller.abort(new Error("enough"));

  await assert.rejects(call, { message: "enough" });
});
