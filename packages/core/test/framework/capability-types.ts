// What the capabilities beside the framework promise to the compiler. Compiled only: nothing here runs.
import {
  authMethod,
  createPriorityQueue,
  hasReplicationState,
  nameTemplate,
  path,
  rotationParameters,
  type Storage,
  type SystemView,
  secretsEngine,
  writeAheadLog,
} from "../../src/index.ts";

const accounts = writeAheadLog<{ readonly username: string }>("account", {
  undo({ data, storage, request }) {
    const [username, operation]: [string, string] = [data.username, request.operation];
    // @ts-expect-error nothing else is noted
    data.password;
    return storage.delete(username + operation);
  },
});
const ports = writeAheadLog<number>("port", { undo() {} });

export const engine = secretsEngine({ help: "", paths: [], writeAheadLogs: [accounts, ports] });
export const method = authMethod({ help: "", paths: [], writeAheadLogs: [accounts] });

export async function notes(storage: Storage): Promise<void> {
  const id: string = await accounts.put(storage, { username: "ada" });
  // @ts-expect-error another kind of data
  await accounts.put(storage, { name: "ada" });
  const port: number | undefined = (await ports.get(storage, id))?.data;
  // @ts-expect-error a note is done by its id
  await accounts.done(storage, port);
}

// @ts-expect-error without an undo a note would stay for ever
writeAheadLog("account", {});
// @ts-expect-error a plain value is no log
secretsEngine({ help: "", paths: [], writeAheadLogs: ["account"] });

export const config = path("config", {
  summary: "",
  fields: { ...rotationParameters.fields },
  async update({ fields, system, request }) {
    const parameters = rotationParameters.parse(fields);
    const id: string | undefined = await rotationParameters.register(parameters, "root", { system, request });
    return { data: { ...rotationParameters.toData(parameters), id } };
  },
});

export async function others(system: SystemView): Promise<void> {
  const state = await system.replicationState();
  // @ts-expect-error no such state
  hasReplicationState(state, "primary");
  const queue = createPriorityQueue<Date>();
  // @ts-expect-error another kind of value
  queue.push({ key: "a", priority: 1, value: "today" });
  // @ts-expect-error templates have no functions as values
  nameTemplate("{{ .Now }}").generate({ Now: () => 1 });
}
