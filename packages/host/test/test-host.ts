import { request as httpRequest } from "node:http";
import { type HostOptions, type RunningHost, startHost } from "../src/host.ts";
import { createFakeClock, type FakeClock } from "./fake-clock.ts";
import { type FakePlugin, type FakePlugins, fakePlugins } from "./fake-plugins.ts";
import { silentLog } from "./silent-log.ts";

/** An answer over HTTP. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  // Tests look into answers of all shapes.
  // biome-ignore lint/suspicious/noExplicitAny: an assertion says what shape it has
  readonly body: any;
}

/** What a test sends beside method and path. */
export interface Sending {
  readonly body?: unknown;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A host over real loopback with fake plugins and a clock that the test turns. */
export interface TestHost extends AsyncDisposable {
  readonly host: RunningHost;
  readonly plugins: FakePlugins;
  readonly clock: FakeClock;
  call(method: string, path: string, sending?: Sending): Promise<Answer>;
  /** Registers a fake plugin and mounts it at `PATH/`. */
  mount(type: "secret" | "auth", name: string, path?: string, settings?: object): Promise<void>;
}

/** Starts a host with plugins by name. */
export async function startTestHost(
  plugins: Readonly<Record<string, FakePlugin>> | FakePlugins = {},
  options: Partial<HostOptions> = {},
): Promise<TestHost> {
  const fakes = isFakes(plugins) ? plugins : fakePlugins(plugins);
  const clock = createFakeClock();
  const host = await startHost({
    pluginDirectory: fakes.directory,
    launch: fakes.launch,
    log: silentLog,
    clock,
    ...options,
  });
  const call: TestHost["call"] = (method, path, sending = {}) =>
    send(`${host.address}/v1/${path}`, method, { token: host.rootToken, ...sending });
  return {
    host,
    plugins: fakes,
    clock,
    call,
    async mount(type, name, path = name, settings = {}) {
      const registration = { sha256: fakes.sha256(name), command: name };
      await mustSucceed(call("POST", `sys/plugins/catalog/${type}/${name}`, { body: registration }));
      const base = type === "auth" ? "auth" : "mounts";
      await mustSucceed(call("POST", `sys/${base}/${path}`, { body: { type: name, ...settings } }));
    },
    [Symbol.asyncDispose]: () => host.close(),
  };
}

function isFakes(plugins: object): plugins is FakePlugins {
  return "launch" in plugins && typeof plugins.launch === "function";
}

async function mustSucceed(answer: Promise<Answer>): Promise<void> {
  const { status, text } = await answer;
  if (status >= 300) throw new Error(`answered with ${status}: ${text}`);
}

/** Sends a request; an empty token sends none. */
export function send(
  url: string,
  method: string,
  { body, token = "", headers = {}, signal }: Sending,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const allHeaders = { ...(token !== "" && { "X-Vault-Token": token }), ...headers };
    const outgoing = httpRequest(url, { method, headers: allHeaders, ...(signal && { signal }) }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        const isJson = (response.headers["content-type"] ?? "").startsWith("application/json") && text !== "";
        const { statusCode = 0, headers: received } = response;
        resolve({ status: statusCode, headers: received, text, body: isJson ? JSON.parse(text) : undefined });
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body === undefined || typeof body === "string" ? body : JSON.stringify(body));
  });
}
