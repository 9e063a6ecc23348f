import assert from "node:assert/strict";
import { parseJson, type Response } from "@vaultwright/core";
import { type Harness, type HarnessOptions, harness } from "@vaultwright/core/testing";
import { kv } from "../../src/kv.ts";

/** A mount of version 2. */
export async function mounted(options: HarnessOptions = {}): Promise<Harness> {
  return harness((mount) => kv({ ...mount, uuid: "U" }), { ...options, options: { version: "2", ...options.options } });
}

/** A mount of version 2 on OpenBao. */
export async function mountedOnOpenBao(options: HarnessOptions = {}): Promise<Harness> {
  return mounted({ host: "openbao", ...options });
}

/** The body of an answer that is 404 and all the same says something; empty where there is none. */
export function notFoundBody(response: Response | undefined): Readonly<Record<string, unknown>> {
  assert.equal(response?.data?.["http_status_code"], 404);
  assert.equal(response.data["http_content_type"], "application/json");
  const body = response.data["http_raw_body"];
  if (body === undefined) return {};
  const parsed = parseJson(Buffer.from(String(body), "base64").toString());
  assert.ok(isObject(parsed));
  return parsed;
}

/** The data of such a body. */
export function notFoundData(response: Response | undefined): Readonly<Record<string, unknown>> {
  const { data } = notFoundBody(response);
  assert.ok(isObject(data));
  return data;
}

/** The value of a secret, and the metadata of the version that was read. */
export async function readValue(
  { read }: Harness,
  key: string,
  query: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly data: unknown; readonly metadata: Readonly<Record<string, unknown>> }> {
  const { data, metadata } = (await read(`data/${key}`, query))?.data ?? {};
  assert.ok(isObject(metadata), `there is no secret ${key}`);
  return { data, metadata };
}

/** What metadata shows of a secret. */
export async function metadataOf({ read }: Harness, key: string): Promise<Readonly<Record<string, unknown>>> {
  const data = (await read(`metadata/${key}`))?.data;
  assert.ok(data, `there is no metadata of ${key}`);
  return data;
}

/** What metadata shows of the versions of a secret. */
export async function versionsOf(
  mount: Harness,
  key: string,
): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>> {
  const { versions } = await metadataOf(mount, key);
  assert.ok(isObject(versions));
  return Object.fromEntries(
    Object.entries(versions).map(([number, version]) => {
      assert.ok(isObject(version));
      return [number, version];
    }),
  );
}

/** Makes versions 1, 2, ... whose values are their numbers. */
export async function writeVersions({ write }: Harness, key: string, count: number): Promise<void> {
  for (let n = 1; n <= count; n += 1) await write(`data/${key}`, { data: { n } });
}

/** Makes such versions with values too long for the secret's own record. */
export async function writeLongVersions({ write }: Harness, key: string, count: number): Promise<void> {
  const filling = "x".repeat(10_000);
  for (let n = 1; n <= count; n += 1) await write(`data/${key}`, { data: { n, filling } });
}

/** How many values have records of their own. */
export function valueRecords({ storage }: Harness): number {
  return storage.keys().filter((key) => key.startsWith("U/values/")).length;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
