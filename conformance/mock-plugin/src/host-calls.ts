import { LogicalError, path, type Storage, type SystemView, t } from "@vaultwright/core";

/** Asks the host everything that a mount may ask of it. */
export const system = path("system", {
  summary: "Asks the host everything.",
  fields: { entity: t.string({ default: "", description: "Id of an entity." }) },
  async update({ fields, system: view }) {
    const answers = Object.entries(questions(view, fields.entity)).map(async ([name, ask]) => [name, await told(ask)]);
    return { data: Object.fromEntries(await Promise.all(answers)) };
  },
});

function questions(view: SystemView, entity: string): Readonly<Record<string, () => Promise<unknown>>> {
  return {
    host: async () => view.host,
    defaultLeaseTtl: () => view.defaultLeaseTtl(),
    maxLeaseTtl: () => view.maxLeaseTtl(),
    isTainted: () => view.isTainted(),
    isCachingDisabled: () => view.isCachingDisabled(),
    isLocalMount: () => view.isLocalMount(),
    isMlockEnabled: () => view.isMlockEnabled(),
    replicationState: () => view.replicationState(),
    wrapData: () => view.wrapData({ a: 1 }, 60),
    entity: () => view.entity(entity),
    groupsOfEntity: () => view.groupsOfEntity(entity),
    pluginEnvironment: () => view.pluginEnvironment(),
    generatePassword: () => view.generatePassword("mock"),
    clusterInfo: () => view.clusterInfo(),
    identityToken: () => view.identityToken({ audience: "mock", ttl: 60 }),
    rotationInformation: () => view.rotationInformation("mock/"),
    registerRotationJob: () => view.registerRotationJob({ name: "mock", mountPoint: "mock/", path: "a", period: 60 }),
    deregisterRotationJob: () => view.deregisterRotationJob({ mountPoint: "mock/", path: "a" }),
  };
}

async function told(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return { value: plain((await ask()) ?? null) };
  } catch (error) {
    const { kind, message } = LogicalError.from(error);
    return { refused: kind, message };
  }
}

/** Brings what JSON has no form for into one that it has. */
function plain(value: unknown): unknown {
  const text = JSON.stringify(value, (_, part) => {
    if (part instanceof Map) return Object.fromEntries(part);
    return typeof part === "bigint" ? String(part) : part;
  });
  return JSON.parse(text);
}

/** Uses every call of the mount's storage. */
export const storage = path("storage", {
  summary: "Uses every call of its storage.",
  fields: {},
  async update({ storage: host }) {
    const value = Uint8Array.of(0, 1, 254, 255);
    for (const name of ["a", "b", "c", "d/e"]) await host.put({ key: `storage/${name}`, value, sealWrap: true });
    const read = await host.get("storage/a");
    const missing = await host.get("storage/none");
    const all = await host.list("storage/");
    const page = await host.list("storage/", { after: "a", limit: 2 });
    const unlimited = await host.list("storage/", { after: "b", limit: 0 });
    const failed = await transactionThatFails(host);
    await host.transaction((inside) => inside.delete("storage/a"));
    const left = await host.list("storage/");
    for (const name of ["b", "c", "d/e", "failed"]) await host.delete(`storage/${name}`);
    const value64 = read && Buffer.from(read.value).toString("base64");
    const sealWrap = read?.sealWrap ?? false;
    return { data: { value: value64, sealWrap, missing: missing === undefined, all, page, unlimited, failed, left } };
  },
});

/** Says what is left of a write whose transaction failed: nothing where the host has transactions. */
async function transactionThatFails(host: Storage): Promise<string> {
  try {
    await host.transaction(async (inside) => {
      await inside.put({ key: "storage/failed", value: Uint8Array.of(1) });
      throw new Error("deliberate failure of a transaction");
    });
  } catch {
    return (await host.get("storage/failed")) === undefined ? "undone" : "kept";
  }
  return "swallowed";
}

/** Sends an event and an observation. */
export const events = path("events", {
  summary: "Sends an event and an observation.",
  fields: { type: t.string({ required: true, description: "Type of both." }) },
  update({ fields, events: host }) {
    host.send(fields.type, { metadata: { a: "b", nested: { n: 1 } }, note: "a note" });
    host.observe(fields.type, { a: "b", list: [1, true, null] });
  },
});
