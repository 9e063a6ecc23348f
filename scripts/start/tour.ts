import type { VaultServer } from "./server.ts";

/** Uses each plugin once and prints every request with its answer; throws when an answer is not the expected one. */
export async function tour(server: VaultServer, print: (line: string) => void): Promise<void> {
  const step = async (title: string, method: string, path: string, options: StepOptions = {}): Promise<Body> => {
    print(`\n# ${title}`);
    print(`${method} /v1/${path}${options.body === undefined ? "" : ` ${JSON.stringify(options.body)}`}`);
    const { status, body } = await server.request(method, path, options);
    print(`${status}${body === undefined ? "" : ` ${JSON.stringify(summary(body))}`}`);
    const expected = options.status ?? 200;
    if (status !== expected)
      throw new Error(`${method} /v1/${path} was answered with ${status} instead of ${expected}`);
    return (body ?? {}) as Body;
  };

  await step("Store a secret, read it, list what is there", "POST", "kv/greeting", {
    body: { hello: "world" },
    status: 204,
  });
  const secret = await step("", "GET", "kv/greeting");
  expectEqual("the secret", secret.data?.["hello"], "world");
  await step("", "LIST", "kv/");

  const key = { generate: true, issuer: "Vaultwright", account_name: "tour", exported: false };
  await step("Make a key for one-time codes, and check a code of it", "POST", "totp/keys/tour", {
    body: key,
    status: 204,
  });
  const code = await step("", "GET", "totp/code/tour");
  const check = await step("", "POST", "totp/code/tour", { body: { code: code.data?.["code"] } });
  expectEqual("the validity of the code", check.data?.["valid"], true);
  const again = await step("The same code again: once means once", "POST", "totp/code/tour", {
    body: { code: code.data?.["code"] },
    status: 400,
  });
  void again;
  await step("", "DELETE", "totp/keys/tour", { status: 204 });

  const user = { password: "correct horse battery staple", token_policies: "tour", token_ttl: "10m" };
  const policy = { policy: 'path "kv/greeting" { capabilities = ["read"] }' };
  await step("Allow a user to read that one secret, and log in", "POST", "sys/policies/acl/tour", {
    body: policy,
    status: 204,
  });
  await step("", "POST", "auth/example/users/ada", { body: user, status: 204 });
  const login = await step("", "POST", "auth/example/login/ada", { body: { password: user.password }, token: "" });
  const token = login.auth?.client_token ?? "";
  await step("Use the new token: allowed, and not allowed", "GET", "kv/greeting", { token });
  await step("", "POST", "kv/greeting", { token, body: { hello: "mallory" }, status: 403 });
  await step("Give it back and clean up", "POST", "auth/token/revoke-self", { token, status: 204 });
  await step("", "DELETE", "auth/example/users/ada", { status: 204 });
  await step("", "DELETE", "sys/policies/acl/tour", { status: 204 });
  await step("", "DELETE", "kv/greeting", { status: 204 });
}

interface StepOptions {
  readonly body?: object;
  readonly token?: string;
  readonly status?: number;
}

interface Body {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly auth?: { readonly client_token: string } | null;
  readonly errors?: readonly string[];
}

/** Leaves out of an envelope what says nothing, so that an answer fits a line. */
function summary(body: unknown): unknown {
  const entries = Object.entries(body as object).filter(
    ([, value]) => value !== null && value !== "" && value !== false && value !== 0,
  );
  return Object.fromEntries(entries);
}

function expectEqual(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected)
    throw new Error(`${what} was ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
}
