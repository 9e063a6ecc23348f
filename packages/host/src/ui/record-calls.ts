import { LogicalError } from "@vaultwright/core/launch";
import type { Clock } from "../clock.ts";
import { isPluginGone, type PluginLauncher } from "../plugins/launcher.ts";
import type { PluginCall } from "./activity.ts";
import type { Feed } from "./feed.ts";

type Service = PluginCall["service"];

/** Makes a launcher whose plugins' calls are recorded, in both directions, without anything that they carry. */
export function recordCalls(launch: PluginLauncher, feed: Feed<PluginCall>, clock: Clock): PluginLauncher {
  let calls = 0;
  const begin = (): Pick<PluginCall, "id" | "startedAtMs"> => {
    calls += 1;
    return { id: calls, startedAtMs: clock.now().getTime() };
  };
  return async (options) => {
    const plugin = await launch(options);
    return {
      ...plugin,
      async mount(mountOptions) {
        const recorder = { feed, begin, mountUuid: mountOptions.uuid };
        const { storage, system } = mountOptions;
        const backend = await plugin.mount({
          ...mountOptions,
          ...(storage && { storage: recorded(storage, "storage", recorder) }),
          ...(system && { system: recorded(system, "system", recorder) }),
        });
        return recorded(backend, "backend", recorder);
      },
    };
  };
}

interface Recorder extends Pick<PluginCall, "mountUuid"> {
  readonly feed: Feed<PluginCall>;
  begin(): Pick<PluginCall, "id" | "startedAtMs">;
}

/** Makes an object whose methods, all of them asynchronous, are recorded when they end. */
function recorded<T extends object>(target: T, service: Service, recorder: Recorder): T {
  return new Proxy(target, {
    get(object, name, receiver) {
      const member: unknown = Reflect.get(object, name, receiver);
      if (typeof member !== "function" || typeof name !== "string") return member;
      return (...args: readonly unknown[]) => {
        const [first, ...rest] = args;
        const watched =
          typeof first !== "function"
            ? first
            : // What the work of a transaction is given is storage, too.
              (inner: object) => Reflect.apply(first, undefined, [recorded(inner, service, recorder)]);
        const work = (): unknown => Reflect.apply(member, object, [watched, ...rest]);
        return recordedCall(work, { service, method: name, argument: first }, recorder);
      };
    },
  });
}

interface Called extends Pick<PluginCall, "service" | "method"> {
  readonly argument: unknown;
}

async function recordedCall(work: () => unknown, called: Called, recorder: Recorder): Promise<unknown> {
  const { service, method, argument } = called;
  const { mountUuid, feed } = recorder;
  const path = pathOf(service, argument).slice(0, longestPath);
  const call = { ...recorder.begin(), mountUuid, service, method, path };
  const started = performance.now();
  const end = (result: string, answer?: unknown): void => {
    const bytes = service === "storage" ? (sizeOf(argument) ?? sizeOf(answer)) : undefined;
    feed.add({ ...call, durationMs: performance.now() - started, result, ...(bytes !== undefined && { bytes }) });
  };
  try {
    const answer = await work();
    end("ok", answer);
    return answer;
  } catch (error) {
    end(kindOf(error));
    throw error;
  }
}

const longestPath = 500;

/** Names what a call is about. Data that is wrapped may have members of these names, so it is not looked into. */
function pathOf(service: Service, argument: unknown): string {
  if (typeof argument === "string") return argument;
  if (service === "system" || typeof argument !== "object" || argument === null) return "";
  if (service === "storage") return "key" in argument ? String(argument.key) : "";
  return "operation" in argument && "path" in argument ? `${argument.operation} ${argument.path}` : "";
}

function sizeOf(entry: unknown): number | undefined {
  if (typeof entry !== "object" || entry === null || !("value" in entry)) return undefined;
  return entry.value instanceof Uint8Array ? entry.value.length : undefined;
}

function kindOf(error: unknown): string {
  return isPluginGone(error) ? "plugin gone" : LogicalError.from(error).kind;
}
