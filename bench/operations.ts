import type { Job } from "./load.ts";
import { type MountKindName, secretCount, sharedSecret, text } from "./mounts.ts";

/** Something that is measured. */
export interface Operation {
  readonly name: string;
  readonly title: string;
  readonly mount: MountKindName;
  /** The request; its path is below the mount. */
  readonly request: Pick<Job, "method" | "path" | "status" | "body" | "count">;
  /**
   * What the plugin answers that never asks for storage. Where it is given, that plugin is measured too, and Go's own twice, to see the
   * noise.
   */
  readonly floorStatus?: number;
}

const value = JSON.stringify({ text });
const versioned = JSON.stringify({ data: { text } });
const newKey = JSON.stringify({ generate: true, issuer: "Bench", account_name: "somebody@example.com" });
const login = JSON.stringify({ password: sharedSecret });
const read = { method: "GET", status: 200, count: secretCount };
const write = { method: "POST", count: secretCount };

/** Everything that is measured, in the order of the table. Logins come last: each leaves a token in the server. */
export const operations: readonly Operation[] = [
  {
    ...{ name: "kv2-read", title: "KV v2 read", mount: "kv2", floorStatus: 200 },
    request: { ...read, path: "data/read/{k}" },
  },
  {
    ...{ name: "kv2-write", title: "KV v2 write", mount: "kv2", floorStatus: 204 },
    request: { ...write, path: "data/write/{k}", body: versioned, status: 200 },
  },
  {
    ...{ name: "kv2-list", title: `KV v2 list of ${secretCount}`, mount: "kv2" },
    request: { method: "LIST", path: "metadata/list/", status: 200 },
  },
  {
    ...{ name: "kv2-metadata", title: "KV v2 metadata", mount: "kv2" },
    request: { ...read, path: "metadata/read/{k}" },
  },
  { name: "kv1-read", title: "KV v1 read", mount: "kv1", request: { ...read, path: "read/{k}" } },
  {
    ...{ name: "kv1-write", title: "KV v1 write", mount: "kv1" },
    request: { ...write, path: "write/{k}", body: value, status: 204 },
  },
  { name: "totp-code", title: "TOTP code", mount: "totp", request: { ...read, path: "code/{k}" } },
  {
    ...{ name: "totp-wrong-code", title: "TOTP wrong code", mount: "totp" },
    request: { ...write, path: "code/{k}", body: '{"code":"{n}"}', status: 200 },
  },
  {
    ...{ name: "totp-key", title: "TOTP key with QR code", mount: "totp" },
    request: { ...write, path: "keys/key-{k}", body: newKey, status: 200 },
  },
  {
    ...{ name: "login", title: "login", mount: "login" },
    request: { ...write, path: "login", body: login, status: 200 },
  },
];
