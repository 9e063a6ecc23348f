import type { Answer } from "../../conformance/client.ts";
import type { VaultServer } from "./server.ts";

/** Uses each plugin once and prints every request with its answer; throws when an answer is not the expected one. */
export async function tour({ client }: VaultServer, print: (line: string) => void): Promise<void> {
  const step = async (method: string, path: string, { status, body, as = client }: Step): Promise<Answer> => {
    print(`${method} /v1/${path}${body === undefined ? "" : ` ${JSON.stringify(body)}`}`);
    const answer = await as.request(method, path, { body });
    print(`  ${answer.status}${answer.body === undefined ? "" : ` ${JSON.stringify(summary(answer.body))}`}`);
    if (answer.status === status) return answer;
    throw new Error(`${method} /v1/${path} was answered with ${answer.status} instead of ${status}`);
  };

  print("\n# Store a secret, read it, list what is there");
  await step("POST", "kv/greeting", { body: { hello: "world" }, status: 204 });
  const secret = await step("GET", "kv/greeting", { status: 200 });
  expectEqual("the secret", secret.at("data", "hello"), "world");
  await step("LIST", "kv/", { status: 200 });

  print("\n# Mount the store once more, let it remember versions, and undo a deletion");
  await step("POST", "sys/mounts/versions", { body: { type: "vault-plugin-secrets-kv" }, status: 204 });
  await step("POST", "sys/mounts/versions/tune", { body: { options: { version: "2" } }, status: 200 });
  await step("POST", "versions/data/greeting", { body: { data: { hello: "world" } }, status: 200 });
  await step("POST", "versions/data/greeting", { body: { data: { hello: "moon" } }, status: 200 });
  const first = await step("GET", "versions/data/greeting?version=1", { status: 200 });
  expectEqual("the first version", first.at("data", "data", "hello"), "world");
  await step("DELETE", "versions/data/greeting", { status: 204 });
  await step("GET", "versions/data/greeting", { status: 404 });
  await step("POST", "versions/undelete/greeting", { body: { versions: [2] }, status: 204 });
  await step("GET", "versions/data/greeting", { status: 200 });

  print("\n# Make a key for one-time codes, check a code of it, and see that once means once");
  const key = { generate: true, issuer: "Vaultwright", account_name: "tour", exported: false };
  await step("POST", "totp/keys/tour", { body: key, status: 204 });
  const code = (await step("GET", "totp/code/tour", { status: 200 })).at("data", "code");
  const check = await step("POST", "totp/code/tour", { body: { code }, status: 200 });
  expectEqual("the validity of the code", check.at("data", "valid"), true);
  await step("POST", "totp/code/tour", { body: { code }, status: 400 });

  print("\n# Allow a user to read that one secret, and log in");
  const password = "correct horse battery staple";
  const policy = 'path "kv/greeting" { capabilities = ["read"] }';
  await step("POST", "sys/policies/acl/tour", { body: { policy }, status: 204 });
  await step("POST", "auth/example/users/ada", {
    body: { password, token_policies: "tour", token_ttl: "10m" },
    status: 204,
  });
  const login = await step("POST", "auth/example/login/ada", {
    body: { password },
    as: client.withToken(undefined),
    status: 200,
  });

  print("\n# Use the new token: allowed, and not allowed");
  const ada = client.withToken(String(login.at("auth", "client_token")));
  await step("GET", "kv/greeting", { as: ada, status: 200 });
  await step("POST", "kv/greeting", { as: ada, body: { hello: "mallory" }, status: 403 });

  print("\n# Give the token back and clean up");
  await step("POST", "auth/token/revoke-self", { as: ada, status: 204 });
  for (const path of [
    "auth/example/users/ada",
    "sys/policies/acl/tour",
    "totp/keys/tour",
    "kv/greeting",
    "sys/mounts/versions",
  ]) {
    await step("DELETE", path, { status: 204 });
  }
}

interface Step {
  /** The status that the answer must have. */
  readonly status: number;
  readonly body?: object;
  /** Who makes the request, unless it is who gives the tour. */
  readonly as?: VaultServer["client"];
}

/** Leaves out of an envelope what says nothing, or nothing of the plugin, so that an answer fits a line. */
function summary(body: unknown): unknown {
  const silent = [null, "", false, 0];
  const own = ["request_id", "mount_type"];
  const members = Object.entries(Object(body)).filter(
    ([name, value]) => !own.includes(name) && !silent.some((one) => one === value),
  );
  return Object.fromEntries(members);
}

function expectEqual(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected)
    throw new Error(`${what} was ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
}
