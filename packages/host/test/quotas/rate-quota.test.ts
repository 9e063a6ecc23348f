import assert from "node:assert/strict";
import { test } from "node:test";
import { createRateLimiter } from "../../src/quotas/rate-limiter.ts";
import { quotaFor, type RateQuota } from "../../src/quotas/rate-quota.ts";

const quota = (name: string, members: Partial<RateQuota> = {}): RateQuota => ({
  name,
  mountPath: "",
  pathSuffix: "",
  role: "",
  rate: 2,
  interval: 10,
  blockInterval: 0,
  isInheritable: false,
  ...members,
});

test("finds the quota that says most of a request", () => {
  const quotas = [
    quota("all"),
    quota("mount", { mountPath: "kv/" }),
    quota("below", { mountPath: "kv/", pathSuffix: "a*" }),
    quota("closer", { mountPath: "kv/", pathSuffix: "a/b*" }),
    quota("exact", { mountPath: "kv/", pathSuffix: "a/b" }),
    quota("role", { mountPath: "auth/people/", role: "ada" }),
  ];
  const nameFor = (path: string, mountPath = "kv/", role = ""): string | undefined =>
    quotaFor(quotas, { path, mountPath, role, address: "127.0.0.1" })?.name;

  assert.equal(nameFor("sys/mounts", "sys/"), "all");
  assert.equal(nameFor("kv/x"), "mount");
  assert.equal(nameFor("kv/a"), "below");
  assert.equal(nameFor("kv/a/bc"), "closer");
  assert.equal(nameFor("kv/a/b/"), "exact");
  assert.equal(nameFor("auth/people/login", "auth/people/", "ada"), "role");
  assert.equal(nameFor("auth/people/login", "auth/people/", "bob"), "all");
});

test("lets each client make its requests in each interval", () => {
  const limiter = createRateLimiter(quota("a"));

  const first = [
    limiter.take("a", 1_000),
    limiter.take("a", 2_000),
    limiter.take("a", 3_500),
    limiter.take("b", 3_500),
  ];
  const next = limiter.take("a", 11_000);

  assert.deepEqual(
    first.map(({ isAllowed }) => isAllowed),
    [true, true, false, true],
  );
  assert.deepEqual(first[2]?.headers, {
    "X-Ratelimit-Limit": "2",
    "X-Ratelimit-Remaining": "0",
    "X-Ratelimit-Reset": "8",
    "Retry-After": "8",
  });
  assert.deepEqual([next.isAllowed, next.headers["X-Ratelimit-Remaining"]], [true, "1"]);
});

test("refuses a client that made too many until its time is over", () => {
  const limiter = createRateLimiter(quota("a", { rate: 1, interval: 1, blockInterval: 60 }));

  const allowed = [0, 0, 2_000, 59_999, 60_000].map((ms) => limiter.take("a", ms));

  assert.deepEqual(
    allowed.map(({ isAllowed }) => isAllowed),
    [true, false, false, false, true],
  );
  assert.deepEqual(allowed[2]?.headers, { "Retry-After": "58" });
});
