import type { GoAnswer, GoCall } from "../hosts/go-sdk.ts";
import { exampleAuth, kv, mock, type Plugin, totp } from "../plugins.ts";

/** One call of the load, and what must come of it. */
export interface Step {
  readonly call: GoCall;
  readonly expected: "success" | "refusal" | "either";
}

/** What is done with one plugin. */
export interface Work {
  readonly plugin: Plugin;
  /** What a mount needs before the load. */
  prepare(mount: string): readonly GoCall[];
  /** The steps of one round, by its number; the same few names come again and again. */
  round(mount: string, number: number): readonly Step[];
}

const key = "HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ";

const keyValue: Work = {
  plugin: kv,
  prepare: (mount) => [request(mount, "create", "first", { value: 1 })],
  round(mount, number) {
    const path = `folder/${number % 200}`;
    return [
      { call: { ...request(mount, "create", path), call: "exists" }, expected: "success" },
      succeeds(request(mount, "create", path, { number, text: "x".repeat(10 ** (number % 4)) })),
      succeeds(request(mount, "read", path)),
      succeeds(request(mount, "read", "first")),
      succeeds(request(mount, "list", "folder/")),
      refused(request(mount, "update", "first", {})),
      cancelled(request(mount, "list", "folder/"), 1 + (number % 3)),
      succeeds(request(mount, "delete", `folder/${(number + 100) % 200}`)),
      { call: { call: "invalidate", mount, key: path }, expected: "success" },
    ];
  },
};

const oneTime: Work = {
  plugin: totp,
  prepare: (mount) => [request(mount, "update", "keys/first", { key, period: 1 })],
  round(mount, number) {
    const path = `keys/${number % 50}`;
    const made = number % 10 === 0 ? { generate: true, issuer: "Vault", account_name: "a" } : { key };
    return [
      succeeds(request(mount, "update", path, made)),
      succeeds(request(mount, "read", path)),
      succeeds(request(mount, "list", "keys/")),
      succeeds(request(mount, "read", "code/first")),
      succeeds(request(mount, "update", "code/first", { code: String(100_000 + (number % 900_000)) })),
      refused(request(mount, "update", "keys/none", { key: "AAA" })),
      cancelled(request(mount, "list", "keys/"), 1 + (number % 3)),
      succeeds(request(mount, "delete", `keys/${(number + 25) % 50}`)),
    ];
  },
};

const login: Work = {
  plugin: exampleAuth,
  prepare: (mount) => [request(mount, "create", "users/ann", { password: "pw", token_policies: "a" })],
  round(mount, number) {
    const user = `users/${number % 50}`;
    const quick = [
      succeeds(request(mount, "read", "users/ann")),
      succeeds(request(mount, "list", "users/")),
      succeeds(request(mount, "update", "users/ann", { token_policies: `policy-${number}` })),
      refused(request(mount, "update", "users/ann", { token_ttl: "2h", token_max_ttl: "1h" })),
      cancelled(request(mount, "list", "users/"), 1 + (number % 3)),
    ];
    // Hashing a password takes a core for 80 ms, which is the point of it.
    if (number % 16 !== 0) return quick;
    return [
      ...quick,
      succeeds(request(mount, "create", user, { password: "pw", token_policies: "a,b" })),
      succeeds(request(mount, "update", "login/ann", { password: "pw" })),
      refused(request(mount, "update", `login/stranger-${number}`, { password: "pw" })),
      cancelled(request(mount, "update", "login/ann", { password: "pw" }), 20),
      succeeds(request(mount, "delete", `users/${(number + 25) % 50}`)),
    ];
  },
};

const misbehaving: Work = {
  plugin: mock,
  prepare: () => [],
  round: (mount, number) => [
    succeeds(request(mount, "update", "storage", {})),
    refused(request(mount, "read", "failure")),
    succeeds(request(mount, "update", "events", { type: "soak" })),
    refused({ ...request(mount, "update", "sleep", { milliseconds: 60_000 }), cancel_ms: 5 + (number % 50) }),
    succeeds(request(mount, "update", "echo", { data: { text: "x".repeat(10 ** (number % 6)) } })),
  ],
};

/** The load: our plugins, and the one that misbehaves on request. */
export const works: readonly Work[] = [keyValue, oneTime, login, misbehaving];

/** Whether an answer is what the step expects; a refusal is an error of the call or one in the response. */
export function isAsExpected({ error, value }: GoAnswer, expected: Step["expected"]): boolean {
  if (expected === "either") return true;
  const inResponse = JSON.stringify(value ?? null).includes('"error":');
  return (error !== undefined || inResponse) === (expected === "refusal");
}

function request(mount: string, operation: string, path: string, data?: unknown): GoCall {
  return { call: "request", mount, operation, path, ...(data === undefined ? {} : { data }) };
}

function succeeds(call: GoCall): Step {
  return { call, expected: "success" };
}

function refused(call: GoCall): Step {
  return { call, expected: "refusal" };
}

// After so short a time some are answered and some are not.
function cancelled(call: GoCall, milliseconds: number): Step {
  return { call: { ...call, cancel_ms: milliseconds }, expected: "either" };
}
