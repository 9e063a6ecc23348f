import {
  BadRequest,
  CodedError,
  InternalError,
  InvalidRequest,
  PermissionDenied,
  path,
  ReadOnlyStorage,
  StorageError,
  secretsEngine,
  Unrecoverable,
  UnsupportedOperation,
  UnsupportedPath,
  UserError,
} from "@vaultwright/core";
import { harness } from "@vaultwright/core/testing";
// What a server answers is the embedded server's code, which is compared with Vault request by request.
import { failureOf } from "../../../packages/host/src/requests/failure.ts";

/** What a handler may throw, as an author writes it. */
const thrown: Readonly<Record<string, () => unknown>> = {
  'new UserError("no such role")': () => new UserError("no such role"),
  'new UserError("no such role", { data: { role: "x" } })': () =>
    new UserError("no such role", { data: { role: "x" } }),
  "new PermissionDenied()": () => new PermissionDenied(),
  'new PermissionDenied("not from here")': () => new PermissionDenied("not from here"),
  'new InvalidRequest("no body")': () => new InvalidRequest("no body"),
  'new BadRequest("no body")': () => new BadRequest("no body"),
  'new CodedError(409, "exists already")': () => new CodedError(409, "exists already"),
  "new UnsupportedOperation()": () => new UnsupportedOperation(),
  "new UnsupportedPath()": () => new UnsupportedPath(),
  'new InternalError("not configured")': () => new InternalError("not configured"),
  "new Unrecoverable()": () => new Unrecoverable(),
  "new ReadOnlyStorage()": () => new ReadOnlyStorage(),
  'new StorageError("disk is full")': () => new StorageError("disk is full"),
  'new AggregateError([new UserError("a"), new UserError("b")])': () =>
    new AggregateError([new UserError("a"), new UserError("b")]),
  'new Error("…", { cause: new UserError("no such role") })': () =>
    new Error("while reading", { cause: new UserError("no such role") }),
  "anything else": () => new TypeError("x is undefined"),
};

/** Makes the table that shows what callers get for what a handler throws, by throwing it. */
export async function thrownTable(): Promise<string> {
  const lines = ["| thrown | status | body |", "| --- | --- | --- |"];
  for (const [written, make] of Object.entries(thrown)) {
    const { status, errors, data } = failureOf(await failing(make()), { isLogin: false });
    const body = JSON.stringify(data === undefined ? { errors } : { errors, data });
    lines.push(`| \`${written}\` | ${status} | \`${body}\` |`);
  }
  return `${lines.join("\n")}\n`;
}

/** Gives what a host sees of an error that a handler throws. */
async function failing(error: unknown): Promise<unknown> {
  const x = path("x", {
    summary: "",
    fields: {},
    read() {
      throw error;
    },
  });
  const mount = await harness(() => secretsEngine({ help: "", paths: [x] }));
  return mount.request("read", "x", undefined, { id: "1f2e" }).catch((seen: unknown) => seen);
}
