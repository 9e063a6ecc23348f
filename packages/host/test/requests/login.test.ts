import assert from "node:assert/strict";
import { test } from "node:test";
import { type Auth, type Backend, LogicalError, type Request, UserError } from "@vaultwright/core/launch";
import { startTestHost } from "../test-host.ts";

/** An auth method that gives at `login` what the test says, and writes down the renewals it is asked for. */
function authMethod(auth: Auth | (() => Auth | undefined)) {
  const renewals: Request[] = [];
  const backend: Backend = {
    type: "auth",
    specialPaths: { unauthenticated: ["login", "login/+"] },
    checkExistence: async () => undefined,
    async handleRequest(request) {
      if (request.operation === "renew") {
        renewals.push(request);
        return request.auth && { auth: { ...request.auth, ttl: 120 } };
      }
      if (request.operation === "rollback") return undefined;
      const answer = typeof auth === "function" ? auth() : auth;
      return answer && { auth: answer };
    },
  };
  return { renewals, plugin: { factory: () => backend } };
}

const login = (host: Awaited<ReturnType<typeof startTestHost>>, token = "") =>
  host.call("POST", "auth/people/login/ada", { body: {}, token });

test("makes a token from a login", async () => {
  const { plugin } = authMethod({
    ttl: 60,
    policies: ["Reader", " writer "],
    metadata: new Map([["fruit", "banana"]]),
    displayName: "ada",
    renewable: true,
    alias: { name: "ada" },
  });
  await using host = await startTestHost({ people: plugin });
  await host.mount("auth", "people");

  const { status, body } = await login(host);
  const looked = await host.call("GET", "auth/token/lookup-self", { token: body.auth.client_token });
  const again = await login(host, "hvs.wrong");

  const { client_token, accessor, entity_id, ...auth } = body.auth;
  assert.equal(status, 200);
  assert.equal(body.data, null);
  assert.deepEqual(auth, {
    policies: ["default", "reader", "writer"],
    token_policies: ["default", "reader", "writer"],
    metadata: { fruit: "banana" },
    lease_duration: 60,
    renewable: true,
    token_type: "service",
    orphan: true,
    mfa_requirement: null,
    num_uses: 0,
  });
  assert.match(client_token, /^hvs\./);
  assert.notEqual(accessor, "");
  assert.notEqual(entity_id, "");
  assert.equal(looked.body.data.display_name, "people-ada");
  assert.equal(looked.body.data.path, "auth/people/login/ada");
  assert.equal(again.body.auth.entity_id, entity_id);
});

test("asks the auth method to renew its token", async () => {
  const { plugin, renewals } = authMethod({
    ttl: 60,
    renewable: true,
    policies: ["Reader"],
    displayName: "ada",
    internalData: { n: 1 },
    alias: { name: "ada", metadata: new Map([["a", "b"]]) },
  });
  await using host = await startTestHost({ people: plugin });
  await host.mount("auth", "people");
  const { body } = await login(host);
  await host.clock.advance(30);

  const renewed = await host.call("POST", "auth/token/renew-self", {
    token: body.auth.client_token,
    body: { increment: 600 },
  });

  const [renewal] = renewals;
  assert.equal(renewal?.path, "login/ada");
  assert.equal(renewal.auth?.clientToken, undefined);
  assert.equal(renewal.auth?.increment, 600);
  assert.deepEqual(renewal.auth?.internalData, { n: 1 });
  const { mountAccessor = "", ...alias } = renewal.auth?.alias ?? {};
  assert.match(mountAccessor, /^auth_people_/);
  assert.deepEqual(alias, { name: "ada", mountType: "people", metadata: new Map([["a", "b"]]) });
  assert.equal(renewal.auth?.displayName, "people-ada");
  assert.deepEqual(renewal.auth.policies, ["reader"]);
  assert.deepEqual(renewal.auth.tokenPolicies, ["default", "reader"]);
  assert.equal(renewed.body.auth.lease_duration, 600);
});

test("leaves a token as it is when the auth method fails to renew it", async () => {
  const backend = authMethod({ ttl: 60, renewable: true });
  const failing = {
    factory: (): Backend => {
      const { handleRequest, ...rest } = backend.plugin.factory();
      return {
        ...rest,
        handleRequest: (request, call) =>
          request.operation === "renew"
            ? Promise.reject(new LogicalError("unknown", "no"))
            : handleRequest(request, call),
      };
    },
  };
  await using host = await startTestHost({ people: failing });
  await host.mount("auth", "people");
  const { body } = await login(host);
  const token = body.auth.client_token;

  const renewed = await host.call("POST", "auth/token/renew-self", { token });
  const looked = await host.call("GET", "auth/token/lookup-self", { token });

  assert.deepEqual(
    [renewed.status, renewed.body.errors],
    [500, ["1 error occurred:\n\t* failed to renew entry: no\n\n"]],
  );
  assert.equal(looked.body.data.ttl, 60);
});

test("shows failed logins as they are", async () => {
  let failure: Error = new UserError("x");
  const { plugin } = authMethod(() => {
    throw failure;
  });
  await using host = await startTestHost({ people: plugin });
  await host.mount("auth", "people");
  const failing = async (error: Error) => {
    failure = error;
    const { status, body } = await login(host);
    return [status, body.errors];
  };

  assert.deepEqual(await failing(new UserError("no such user")), [400, ["no such user"]]);
  assert.deepEqual(await failing(new LogicalError("unknown", "invalid credentials")), [400, ["invalid credentials"]]);
  assert.deepEqual(await failing(new LogicalError("permission-denied", "permission denied")), [
    403,
    ["permission denied"],
  ]);
  assert.deepEqual(await failing(new LogicalError("unsupported-operation", "unsupported operation")), [
    405,
    ["unsupported operation"],
  ]);
  assert.deepEqual(await failing(new LogicalError("unknown", "broken")), [500, ["broken"]]);
});

test("refuses logins that would give too much, or name nobody", async () => {
  let auth: Auth = {};
  const { plugin } = authMethod(() => auth);
  await using host = await startTestHost({ people: plugin });
  await host.mount("auth", "people");
  const answerTo = async (answer: Auth) => {
    auth = answer;
    const { status, body } = await login(host);
    return [status, body.errors];
  };

  assert.deepEqual(await answerTo({ policies: ["a", "root"] }), [400, ["auth methods cannot create root tokens"]]);
  assert.deepEqual(await answerTo({ policies: ["response-wrapping"] }), [
    400,
    ['cannot assign policy "response-wrapping"'],
  ]);
  assert.deepEqual(await answerTo({ alias: { name: "" } }), [500, ["missing name in alias"]]);
});

test("answers nothing to a login that answers nothing", async () => {
  const { plugin } = authMethod(() => undefined);
  await using host = await startTestHost({ people: plugin });
  await host.mount("auth", "people");

  assert.equal((await login(host)).status, 204);
});

test("lets the mount's tuning choose the kind of token", async () => {
  const { plugin } = authMethod({ ttl: 60, renewable: true });
  await using host = await startTestHost({ people: plugin });
  await host.mount("auth", "people");
  await host.call("POST", "sys/auth/people/tune", { body: { token_type: "batch" } });

  const { body } = await login(host);

  assert.match(body.auth.client_token, /^hvb\./);
  assert.equal(body.auth.token_type, "batch");
  assert.equal(body.auth.renewable, false);
});

test("lets a token be used from its addresses only", async () => {
  let boundCidrs = ["10.0.0.0/8"];
  const { plugin } = authMethod(() => ({ ttl: 60, boundCidrs }));
  await using host = await startTestHost({ people: plugin });
  await host.mount("auth", "people");
  const elsewhere = await login(host);
  boundCidrs = ["127.0.0.0/8", "10.1.1.1"];
  const here = await login(host);
  const use = async (answer: typeof here) =>
    (await host.call("GET", "auth/token/lookup-self", { token: answer.body.auth.client_token })).status;

  assert.equal(await use(elsewhere), 403);
  assert.equal(await use(here), 200);
});

test("ends the tokens of an auth method that is disabled", async () => {
  const { plugin } = authMethod({ ttl: 60 });
  await using host = await startTestHost({ people: plugin });
  await host.mount("auth", "people");
  const { body } = await login(host);

  const disabled = await host.call("DELETE", "sys/auth/people");
  const after = await host.call("GET", "auth/token/lookup-self", { token: body.auth.client_token });

  assert.equal(disabled.status, 204);
  assert.equal(after.status, 403);
});

test("takes an answer with a login from a secrets engine for a fault", async () => {
  const backend: Backend = {
    type: "secret",
    checkExistence: async () => undefined,
    handleRequest: async ({ operation }) => (operation === "read" ? { auth: { ttl: 60 } } : undefined),
  };
  await using host = await startTestHost({ odd: { factory: () => backend } });
  await host.mount("secret", "odd");

  const { status, body } = await host.call("GET", "odd/a");

  assert.deepEqual([status, body.errors], [500, ["1 error occurred:\n\t* internal error\n\n"]]);
});
