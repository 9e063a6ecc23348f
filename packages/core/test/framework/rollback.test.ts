import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";
import {
  LogicalError,
  type PluginDefinition,
  StorageError,
  secretsEngine,
  type UndoContext,
  UserError,
  writeAheadLog,
} from "../../src/index.ts";
import { createMemoryStorage, harness } from "../../src/testing/index.ts";

interface Account {
  readonly username: string;
}

const mounted = (definition: Partial<PluginDefinition>) =>
  harness(() => secretsEngine({ help: "", paths: [], ...definition }));

/** A log whose undo keeps what it is given, and fails for the users named. */
function accountsLog({
  failing = [],
  minAge,
}: {
  readonly failing?: readonly string[];
  readonly minAge?: number;
} = {}) {
  const undone: string[] = [];
  const log = writeAheadLog<Account>("account", {
    undo({ data: { username } }: UndoContext<Account>) {
      if (failing.includes(username)) throw new UserError(`no connection for ${username.length}`);
      undone.push(username);
    },
    ...(minAge === undefined ? {} : { minAge }),
  });
  return { log, undone };
}

/** Runs with a clock that stands still, and can be set. */
async function atTime(start: string, run: (setSeconds: (seconds: number) => void) => Promise<void>): Promise<void> {
  const now = Date.parse(start);
  mock.timers.enable({ apis: ["Date"], now });
  try {
    await run((seconds) => mock.timers.setTime(now + seconds * 1000));
  } finally {
    mock.timers.reset();
  }
}

describe("a tick", () => {
  test("of a plugin with nothing to do is answered with nothing [S50]", async () => {
    const mount = await mounted({});

    assert.equal(await mount.request("rollback", ""), undefined);
  });

  test("runs periodic work first, and undoes even when that failed [S51]", async () => {
    const order: string[] = [];
    const log = writeAheadLog("account", { undo: () => void order.push("undo"), minAge: 0 });
    const mount = await mounted({
      writeAheadLogs: [log],
      periodic() {
        order.push("periodic");
        throw new LogicalError("unknown", "the service is gone");
      },
    });
    await log.put(mount.storage, {});

    const tick = mount.request("rollback", "", { immediate: true });

    await assert.rejects(tick, {
      kind: "unknown",
      isResponse: false,
      message: "1 error occurred:\n\t* the service is gone\n\n",
    });
    assert.deepEqual(order, ["periodic", "undo"]);
  });

  test("passes on what storage said, which tells a standby's host to be silent", async () => {
    const mount = await mounted({
      periodic() {
        throw new StorageError("cannot write to readonly storage");
      },
    });

    await assert.rejects(mount.request("rollback", ""), /cannot write to readonly storage/);
  });

  test("logs and hides an exception of periodic work", async () => {
    const mount = await mounted({
      periodic() {
        throw new TypeError("s3cret");
      },
    });

    await assert.rejects(mount.request("rollback", ""), (error: Error) => !error.message.includes("s3cret"));

    assert.deepEqual(
      mount.logs.map(({ message }) => message),
      ["periodic work failed"],
    );
  });
});

describe("a write-ahead log", () => {
  test("undoes after ten minutes, where no other age is set [S52]", () =>
    atTime("2026-01-01T00:00:00Z", async (setSeconds) => {
      const { log, undone } = accountsLog();
      const mount = await mounted({ writeAheadLogs: [log] });
      await log.put(mount.storage, { username: "ada" });

      setSeconds(5 * 60);
      await mount.request("rollback", "");
      assert.deepEqual(undone, []);

      setSeconds(11 * 60);
      await mount.request("rollback", "");
      assert.deepEqual(undone, ["ada"]);
      assert.deepEqual(mount.storage.keys(), []);
    }));

  test("leaves alone what is exactly as old as the least age [S53]", () =>
    atTime("2026-01-01T00:00:00Z", async (setSeconds) => {
      const { log, undone } = accountsLog({ minAge: 30 });
      const mount = await mounted({ writeAheadLogs: [log] });
      await log.put(mount.storage, { username: "ada" });

      setSeconds(30);
      await mount.request("rollback", "");
      assert.deepEqual(undone, []);

      setSeconds(31);
      await mount.request("rollback", "");
      assert.deepEqual(undone, ["ada"]);
    }));

  test("undoes everything where the request says immediate, whatever its value [S54]", async () => {
    const { log, undone } = accountsLog();
    const mount = await mounted({ writeAheadLogs: [log] });
    await log.put(mount.storage, { username: "ada" });
    await log.put(mount.storage, { username: "bob" });

    await mount.request("rollback", "", { immediate: false });

    assert.deepEqual(undone.toSorted(), ["ada", "bob"]);
  });

  test("keeps what could not be undone, and says so in an answer and in the log [S55]", async () => {
    const { log } = accountsLog({ failing: ["ada"] });
    const mount = await mounted({ writeAheadLogs: [log] });
    const id = await log.put(mount.storage, { username: "ada" });

    await assert.rejects(mount.request("rollback", "", { immediate: true }), {
      isResponse: true,
      message: '1 error occurred:\n\t* error rolling back "account" entry: no connection for 3\n\n',
    });

    assert.deepEqual(mount.storage.keys(), [`wal/${id}`]);
    const [line] = mount.logs;
    assert.equal(line?.message, "rollback of a write-ahead log entry failed");
    assert.equal(line?.fields["id"], id);
    assert.equal(line?.fields["kind"], "account");
  });

  test("undoes the others when some fail, and tells of all of them [S56]", async () => {
    const { log, undone } = accountsLog({ failing: ["ada", "bob"] });
    const mount = await mounted({ writeAheadLogs: [log] });
    for (const username of ["ada", "bob", "eve"]) await log.put(mount.storage, { username });

    await assert.rejects(
      mount.request("rollback", "", { immediate: true }),
      /^UserError: 2 errors occurred:\n\t\* error/,
    );

    assert.deepEqual(undone, ["eve"]);
    assert.equal(mount.storage.keys().length, 2);
  });

  test("keeps its notes in the form of Go's plugins [S57]", () =>
    atTime("2026-01-01T00:00:00.900Z", async () => {
      const { log } = accountsLog();
      const { storage } = await mounted({ writeAheadLogs: [log] });

      const id = await log.put(storage, { username: "<ada>" });

      const stored = await storage.get(`wal/${id}`);
      assert.match(id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      assert.equal(
        new TextDecoder().decode(stored?.value),
        '{"type":"account","data":{"username":"\\u003cada\\u003e"},"created_at":1767225600}',
      );
      assert.deepEqual(await log.get(storage, id), {
        id,
        data: { username: "<ada>" },
        created: new Date("2026-01-01T00:00:00Z"),
      });
      assert.equal(await log.get(storage, "unknown"), undefined);
    }));

  test("has nothing to undo of what is done", async () => {
    const { log, undone } = accountsLog();
    const mount = await mounted({ writeAheadLogs: [log] });
    const id = await log.put(mount.storage, { username: "ada" });

    await log.done(mount.storage, id);
    await mount.request("rollback", "", { immediate: true });

    assert.deepEqual(undone, []);
  });

  test("gives the notes of its own kind only", async () => {
    const { log } = accountsLog();
    const other = writeAheadLog<number>("port", { undo() {} });
    const { storage } = await mounted({ writeAheadLogs: [log, other] });
    const id = await log.put(storage, { username: "ada" });
    const port = await other.put(storage, 80);

    assert.deepEqual(
      (await log.list(storage)).map(({ data }) => data),
      [{ username: "ada" }],
    );
    assert.equal(await log.get(storage, port), undefined);
    assert.equal(await other.get(storage, id), undefined);
  });

  test("keeps and reports notes of a kind that the plugin no longer has, and unreadable ones", async () => {
    const { log } = accountsLog();
    const mount = await mounted({ writeAheadLogs: [log] });
    const notes = {
      "wal/1": "no json",
      "wal/2": '{"type":"account","created_at":"x"}',
      "wal/3": '{"type":"gone","data":{},"created_at":1}',
    };
    for (const [key, text] of Object.entries(notes))
      await mount.storage.put({ key, value: new TextEncoder().encode(text) });

    await assert.rejects(mount.request("rollback", "", { immediate: true }), /^UserError: 3 errors occurred/);

    assert.equal(mount.storage.keys().length, 3);
  });

  test("shows the log nothing of what was noted", async () => {
    const log = writeAheadLog<Account>("account", {
      undo({ data }) {
        throw new Error(`cannot delete ${data.username}`);
      },
    });
    const mount = await mounted({ writeAheadLogs: [log] });
    await log.put(mount.storage, { username: "hunter22" });

    await assert.rejects(mount.request("rollback", "", { immediate: true }), /entry: internal error/);

    assert.equal(mount.logs.length, 1);
    assert.doesNotMatch(JSON.stringify(mount.logs), /hunter22/);
  });

  test("that cannot be listed is an answer, and in the log", async () => {
    const list = () => Promise.reject(new StorageError("storage is sealed"));
    const storage = { ...createMemoryStorage(), list };
    const mount = await harness(() => secretsEngine({ help: "", paths: [], writeAheadLogs: [accountsLog().log] }), {
      storage,
    });

    await assert.rejects(mount.request("rollback", ""), { isResponse: true, message: "storage is sealed" });
    assert.equal(mount.logs.length, 1);
  });

  test("is left where the host gives the tick up", async () => {
    const cancel = new AbortController();
    const undone: string[] = [];
    const log = writeAheadLog<Account>("account", {
      undo({ data }) {
        undone.push(data.username);
        cancel.abort();
      },
    });
    const mount = await mounted({ writeAheadLogs: [log] });
    for (const username of ["ada", "bob"]) await log.put(mount.storage, { username });

    const tick = mount.request("rollback", "", { immediate: true }, { signal: cancel.signal });

    await assert.rejects(tick, { message: "request cancelled" });
    assert.equal(undone.length, 1);
  });

  test("is refused by its definition without a kind, an undo or a possible age", () => {
    const undo = () => {};

    assert.throws(() => writeAheadLog("", { undo }), { name: "DefinitionError" });
    // JavaScript callers are not held to the types.
    assert.throws(() => writeAheadLog("account", {} as never), /write-ahead log "account": undo is missing/);
    assert.throws(() => writeAheadLog("account", { undo, minAge: -1 }), /minAge must not be negative/);
  });

  test("that no definition lists takes no notes, since nothing would undo them", async () => {
    const storage = createMemoryStorage();
    const unlisted = writeAheadLog("account", { undo() {} });

    await assert.rejects(unlisted.put(storage, {}), {
      name: "TypeError",
      message: 'write-ahead log "account" is not in "writeAheadLogs" of the definition, so nothing would be undone',
    });

    assert.deepEqual(storage.keys(), []);
  });

  test("must not share its kind with another", () => {
    const twice = [writeAheadLog("account", { undo() {} }), writeAheadLog("account", { undo() {} })];

    assert.throws(() => secretsEngine({ help: "", paths: [], writeAheadLogs: twice }), {
      message: 'two write-ahead logs have the kind "account"',
    });
  });
});
