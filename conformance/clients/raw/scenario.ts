import type { ServerUnderTest } from "../../hosts/server.ts";
import { eventually } from "../../processes.ts";
import { type NormalAnswer, normalAnswer } from "./normal-form.ts";
import { type RawAnswer, type RawRequest, sendRaw } from "./raw-request.ts";

/** Requests that belong together and are sent one after another. */
export interface Scenario {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** One request: its method and its path below `/v1/`, and what else it has. In each text, `<name>` stands for what was kept. */
export type Step = readonly [request: string, options?: StepOptions];

/** What a request may have beside its path. */
export interface StepOptions {
  readonly json?: unknown;
  /** Sent as it is, where JSON cannot say it. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Name of a kept token; the root token unless given, none where empty. */
  readonly token?: string;
  /** Repeated until this is the status of the answer. */
  readonly until?: number;
  /** Texts of the answer that later requests need: the name, and the members that lead there. */
  readonly keep?: Readonly<Record<string, string>>;
}

/** A request and the normal form of what a server answered. */
export interface Exchange {
  /** Method and path, and behind them the body where there is one. */
  readonly request: string;
  readonly answer: NormalAnswer;
}

/** Sends the requests of a scenario to a server. */
export async function play(server: ServerUnderTest, { steps }: Scenario): Promise<Exchange[]> {
  const kept = new Map([["root", server.rootToken]]);
  const exchanges: Exchange[] = [];
  for (const [request, options = {}] of steps) {
    const answer = await answerOf(server.address, rawRequest(request, options, kept), options.until);
    for (const [name, members] of Object.entries(options.keep ?? {})) kept.set(name, textAt(answer.text, members));
    exchanges.push({ request: describe(request, options), answer: normalAnswer(answer, kept) });
  }
  return exchanges;
}

async function answerOf(address: string, request: RawRequest, status: number | undefined): Promise<RawAnswer> {
  let answer = await sendRaw(address, request);
  if (status === undefined) return answer;
  await eventually(`status ${status} of ${request.target}`, async () => {
    answer = await sendRaw(address, request);
    return answer.status === status;
  });
  return answer;
}

function describe(request: string, { json, body, headers, token }: StepOptions): string {
  const parts = [json === undefined ? body : JSON.stringify(json), headers && JSON.stringify(headers)];
  const sender = token === undefined ? "" : ` as ${token || "nobody"}`;
  return [request, ...parts.filter((part) => part !== undefined)].join(" ") + sender;
}

function rawRequest(request: string, options: StepOptions, kept: ReadonlyMap<string, string>): RawRequest {
  const fill = (text: string): string => text.replace(/<([a-z-]+)>/g, (all, name) => kept.get(name) ?? all);
  const [method = "", path = ""] = request.split(" ");
  const { json, body, headers = {}, token = "root" } = options;
  const sent = json === undefined ? body : JSON.stringify(json);
  return {
    method,
    target: fill(path.startsWith("/") ? path : `/v1/${path}`),
    headers: {
      ...(token !== "" && { "X-Vault-Token": fill(`<${token}>`) }),
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fill(value)])),
    },
    ...(sent !== undefined && { body: fill(sent) }),
  };
}

/** Where a server has no such text, the requests that need it show the difference. */
function textAt(text: string, members: string): string {
  if (text === "") return "absent";
  const value = members.split(".").reduce((at, key) => at?.[key], JSON.parse(text));
  return typeof value === "string" ? value : "absent";
}
